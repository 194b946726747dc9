package dev.tlscope.analyzer.evidence;

import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.model.Configuration;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.capture.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The trust store in use, and its origin: a property, the JVM's default, or the application. */
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

    /** The file named in the property. */
    public Optional<String> property() {
        return handshake.systemProperty(PROPERTY).filter(file -> !file.isEmpty() && !file.equals(NONE));
    }

    /**
     * The file that the anchors were read from; empty if the application created the trust manager, or it is not known.
     */
    public Optional<String> file() {
        Configuration configuration = handshake.configuration();
        return configuration == null ? Optional.empty() : configuration.anchorSource();
    }

    /**
     * True when the property names one file and JSSE read another one: if it cannot read the first, it uses the JDK's
     * own (sun.security.ssl.TrustStoreManager.TrustStoreDescriptor).
     */
    public boolean propertyWasPassedOver() {
        return property().isPresent()
                && file().filter(file -> !isProperty(file)).isPresent();
    }

    /** True for a PKCS#12 store that was opened without its password, which leaves out its encrypted certificates. */
    public boolean hasNoPassword() {
        return property().isPresent() && handshake.systemProperty(PASSWORD).isEmpty();
    }

    /** The store to import into, in keytool's notation. */
    public String keytoolName() {
        return file().or(this::property).orElse("STORE");
    }

    /** The number of anchors, their names if there are few, the class of the trust manager, and the file. */
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
