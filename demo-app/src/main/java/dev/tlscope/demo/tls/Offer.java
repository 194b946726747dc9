package dev.tlscope.demo.tls;

import dev.tlscope.demo.cli.UsageException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** The protocol versions and cipher suites that one side offers or accepts. */
public final class Offer {
    public static final String TLS_1_2 = "TLSv1.2";
    public static final String TLS_1_3 = "TLSv1.3";

    /** Both versions are named, because a client on JDK 8 does not offer TLS 1.3 by default. */
    public static final Offer DEFAULT = new Offer(Arrays.asList(TLS_1_3, TLS_1_2), Collections.emptyList());

    private final List<String> protocols;
    /** Empty to use the suites that this JVM enables by default. */
    private final List<String> suites;

    private Offer(List<String> protocols, List<String> suites) {
        this.protocols = protocols;
        this.suites = suites;
    }

    /**
     * Parses lists separated by commas; null means the default. Throws a UsageException for a name that this JVM does
     * not support.
     */
    public static Offer parse(@Nullable String protocols, @Nullable String suites) {
        if (protocols == null && suites == null) {
            return DEFAULT;
        }
        SSLContext context = anyContext();
        SSLParameters supported = context.getSupportedSSLParameters();
        List<String> versions = protocols == null ? DEFAULT.protocols : Arrays.asList(protocols.split(",", -1));
        for (String version : versions) {
            if (!Arrays.asList(supported.getProtocols()).contains(version)) {
                throw UsageException.unknown("protocol", version, Arrays.asList(supported.getProtocols()));
            }
        }
        List<String> named = suites == null ? Collections.emptyList() : Arrays.asList(suites.split(",", -1));
        for (String suite : named) {
            checkSuite(suite, context, supported);
        }
        Offer offer = new Offer(versions, named);
        if (versions.stream().noneMatch(offer::fits)) {
            throw new UsageException("no suite of " + suites + " belongs to " + String.join(",", versions));
        }
        return offer;
    }

    /** The same offer, restricted to one protocol version or cipher suite if given. */
    public Offer narrowed(@Nullable String protocol, @Nullable String suite) {
        return new Offer(
                protocol == null ? protocols : Collections.singletonList(protocol),
                suite == null ? suites : Collections.singletonList(suite));
    }

    /** Whether a handshake in this version is possible. */
    public boolean fits(String protocol) {
        return protocols.contains(protocol)
                && (suites.isEmpty() || suites.stream().anyMatch(suite -> isTls13(suite) == protocol.equals(TLS_1_3)));
    }

    void applyTo(SSLParameters parameters) {
        parameters.setProtocols(protocols.toArray(new String[0]));
        if (!suites.isEmpty()) {
            parameters.setCipherSuites(suites.toArray(new String[0]));
        }
    }

    /**
     * Rejects a suite that the policy disables: JSSE ignores it, and a test would perform another handshake than
     * intended.
     */
    private static void checkSuite(String suite, SSLContext context, SSLParameters supported) {
        if (Arrays.asList(supported.getCipherSuites()).contains(suite)) {
            return;
        }
        SSLEngine engine = context.createSSLEngine();
        try {
            engine.setEnabledCipherSuites(new String[] {suite});
        } catch (IllegalArgumentException unknown) {
            throw UsageException.unknown("cipher suite", suite, Arrays.asList(supported.getCipherSuites()));
        }
        throw new UsageException("cipher suite " + suite + " is disabled by this JVM's policy; "
                + "start it with -Djava.security.properties=FILE, a file whose jdk.tls.disabledAlgorithms allows it");
    }

    /** True for suites without a key exchange in their names, which are those of TLS 1.3 (RFC 8446, B.4). */
    private static boolean isTls13(String suite) {
        return !suite.contains("_WITH_");
    }

    private static SSLContext anyContext() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no TLS", e);
        }
    }
}
