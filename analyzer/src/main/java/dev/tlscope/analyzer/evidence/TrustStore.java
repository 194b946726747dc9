package dev.tlscope.analyzer.evidence;

import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.model.Configuration;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.capture.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which trust store was in force, and where it came from: a property, the JVM's default, or the application. */
public final class TrustStore {
    private static final String PROPERTY = "javax.net.ssl.trustStore";
    private static final String PASSWORD = "javax.net.ssl.trustStorePassword";
    private static final String NONE = "NONE";
    private static final int FEW = 4;

    private final Handshake handshake;

    private TrustStore(Handshake handshake) {
        this.handshake = handshake;
    }

    public static TrustStore of(Handshake handshake) {
        return new TrustStore(handshake);
    }

    /** The file that the property names. */
    public Optional<String> property() {
        return handshake.systemProperty(PROPERTY).filter(file -> !file.isEmpty() && !file.equals(NONE));
    }

    /** The file that the anchors were read from; empty where the application made the trust manager, or it is not known. */
    public Optional<String> file() {
        Configuration configuration = handshake.configuration();
        return configuration == null ? Optional.empty() : configuration.anchorSource();
    }

    /**
     * True where the property names one file and JSSE read another: it goes on with the JDK's own where the first cannot be read
     * (sun.security.ssl.TrustStoreManager.TrustStoreDescriptor).
     */
    public boolean propertyWasPassedOver() {
        return property().isPresent()
                && file().filter(file -> !isProperty(file)).isPresent();
    }

    /** A PKCS#12 store without its password opens, and its encrypted certificates are left out. */
    public boolean hasNoPassword() {
        return property().isPresent() && handshake.systemProperty(PASSWORD).isEmpty();
    }

    /** The store to import into, as keytool wants it. */
    public String keytoolName() {
        return file().or(this::property).orElse("STORE");
    }

    /** How many anchors, which where they are few, the class of the trust manager, and the file. */
    public List<Evidence> evidence() {
        long count = handshake.anchorCount().orElse(-1);
        List<String> manager = handshake.setUp(Field.TRUST_MANAGER);
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence(
                "trust anchors",
                (count < 0
                                ? "not visible"
                                : count
                                        + (count > 0 && count < FEW
                                                ? " (" + String.join("; ", handshake.setUp(Field.ANCHOR)) + ")"
                                                : ""))
                        + (manager.isEmpty() ? "" : ", " + manager.get(0))));
        origin().ifPresent(text -> evidence.add(new Evidence("trust store", text)));
        return evidence;
    }

    private Optional<String> origin() {
        if (propertyWasPassedOver()) {
            return Optional.of(file().orElseThrow() + ", the JDK's own, since -D" + PROPERTY + "="
                    + property().orElseThrow() + " names no file that could be read");
        }
        if (file().isPresent()) {
            return Optional.of(file().get()
                    + (property().isPresent()
                            ? ", named by -D" + PROPERTY
                            : ", the default of this JVM: -D" + PROPERTY + " is not set"));
        }
        return property()
                .map(file -> "not known to be that of -D" + PROPERTY + "=" + file
                        + ": the application may have made a trust manager of its own");
    }

    private boolean isProperty(String file) {
        String wanted = property().orElse("");
        return file.equals(wanted) || file.endsWith("/" + wanted) || wanted.endsWith("/" + file);
    }
}
