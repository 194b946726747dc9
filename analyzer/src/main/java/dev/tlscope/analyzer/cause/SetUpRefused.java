package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.Frames;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * algorithm-unavailable and empty-trust-store of a JVM that cannot set TLS up: no provider has the SSLContext or the factory of
 * managers that was asked for, or the key store of PKIX parameters for TLS holds no trusted certificate; and engine-misuse of an
 * SSLEngine that cannot begin.
 */
final class SetUpRefused {
    private static final String PKIX = "java.security.cert.PKIXParameters";
    private static final String CONTEXT = "javax.net.ssl.SSLContext";
    private static final String KEY_MANAGERS = "javax.net.ssl.KeyManagerFactory";
    private static final String ENGINE = "javax.net.ssl.SSLEngine";
    private static final String PROVIDERS_FILE = "-Djava.security.properties";

    /** Every JSSE has these; libraries try other names and go on without them, such as openssl.TLS. */
    private static final Set<String> CONTEXTS =
            Set.of("Default", "TLS", "SSL", "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3");

    private final Event event;
    private final String asked;
    private final String algorithm;

    private SetUpRefused(Event event) {
        this.event = event;
        String type = event.text(Field.CLASS);
        String name = event.text(Field.ALGORITHM);
        this.asked = type == null ? "" : type;
        this.algorithm = name == null ? "" : name;
    }

    /** False for what libraries try and do without, and for PKIX parameters that are not for TLS. */
    static boolean isMeant(Event event) {
        String type = event.text(Field.CLASS);
        if (PKIX.equals(type)) {
            return event.texts(Field.FRAME).stream().anyMatch(SetUpRefused::isAboutTls);
        }
        return !CONTEXT.equals(type) || CONTEXTS.contains(String.valueOf(event.text(Field.ALGORITHM)));
    }

    static Finding finding(Event event) {
        SetUpRefused refused = new SetUpRefused(event);
        return PKIX.equals(refused.asked)
                ? refused.noAnchor()
                : ENGINE.equals(refused.asked) ? refused.misused() : refused.missing();
    }

    /** By the words in its class and method: SSLUtilBase, X509Util.createTrustManager. PKIX serves signed documents as well. */
    private static boolean isAboutTls(String frame) {
        String name = frame.substring(0, Math.max(0, frame.indexOf('('))).toLowerCase(Locale.ROOT);
        return name.contains("ssl") || name.contains("tls") || name.contains("trustmanager");
    }

    private Finding missing() {
        String what = asked.substring(asked.lastIndexOf('.') + 1);
        List<String> providers = values("provider");
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence("asked for", what + " of the algorithm " + algorithm));
        evidence.add(new Evidence("providers", providers.isEmpty() ? "none" : String.join(", ", providers)));
        decides(evidence);
        event.texts(Field.EXCEPTION).forEach(words -> evidence.add(new Evidence("exception", words)));
        askedBy(evidence);
        return new Finding(
                AlgorithmUnavailable.ALGORITHM_UNAVAILABLE,
                Confidence.CERTAIN,
                "TLS cannot be set up: no provider of this JVM has " + what + " " + algorithm
                        + (providers.contains("SunJSSE")
                                ? "."
                                : "; SunJSSE, the JDK's own, is not among its providers."),
                List.copyOf(evidence),
                fix(what, providers));
    }

    private List<String> fix(String what, List<String> providers) {
        List<String> fix = new ArrayList<>();
        String named = value(PROVIDERS_FILE);
        String file = named != null && named.startsWith("=") ? named.substring(1) : named;
        if (!providers.contains("SunJSSE")) {
            fix.add((file == null
                            ? "Bring SunJSSE back into the list security.provider.N of java.security"
                            : "Correct the list security.provider.N in " + file + ", which " + PROVIDERS_FILE
                                    + " names")
                    + ": JDK 9 and later know it as SunJSSE, and no longer by the class names that java.security of JDK 8 has; one"
                    + " with == replaces the JDK's whole file.");
            fix.add(
                    "Where another provider is to do TLS (BCJSSE in a FIPS JVM), check that its jar is there and that it is in the"
                            + " list.");
            return fix;
        }
        String property = "ssl." + what + ".algorithm";
        if (algorithm.equals(value(property))) {
            fix.add("Set the security property " + property + " to a name that a provider has: "
                    + (asked.equals(KEY_MANAGERS) ? "SunX509 or PKIX (NewSunX509)" : "PKIX")
                    + " with SunJSSE, PKIX with BCJSSE; it is " + algorithm + " now"
                    + (file == null ? " in java.security." : ", in java.security or in " + file + "."));
        } else {
            fix.add("Ask for a name that a provider has: "
                    + (asked.equals(CONTEXT) ? "TLS" : asked.equals(KEY_MANAGERS) ? "SunX509 or PKIX" : "PKIX")
                    + "; " + what
                    + ".getDefaultAlgorithm() is the JVM's own. Names such as IbmX509 are of other JVMs.");
        }
        fix.add("Or add the provider that has " + algorithm + ": its jar, and its line in java.security.");
        return fix;
    }

    private Finding misused() {
        boolean again = event.texts(Field.EXCEPTION).stream().anyMatch(words -> words.contains("broken or closed"));
        List<Evidence> evidence = new ArrayList<>();
        event.texts(Field.EXCEPTION).forEach(words -> evidence.add(new Evidence("exception", words)));
        askedBy(evidence);
        return new Finding(
                EngineMisuse.ENGINE_MISUSE,
                Confidence.CERTAIN,
                again
                        ? "The application begins a handshake with an SSLEngine whose connection has ended: an engine serves one connection."
                        : "The application begins a handshake with an SSLEngine that has no mode yet: neither client nor server.",
                List.copyOf(evidence),
                List.of(
                        again
                                ? "Make a new SSLEngine for each connection (SSLContext.createSSLEngine): one that was closed, or that failed,"
                                        + " does not begin again."
                                : "Call SSLEngine.setUseClientMode(true) at the end that connects, setUseClientMode(false) at the one that"
                                        + " accepts, before the first beginHandshake, wrap or unwrap."));
    }

    private Finding noAnchor() {
        String type = value("type");
        String all = value("entries");
        String keys = value("PrivateKeyEntry");
        String alias = event.text(Field.ALIAS);
        boolean onlyKeys = all != null && !all.equals("0") && all.equals(keys);
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence("trust anchors", "0: the trustAnchors parameter must be non-empty"));
        evidence.add(new Evidence(
                "key store",
                (type == null ? "of another provider" : "of type " + type)
                        + (all == null
                                ? ""
                                : ", " + all + " entries, " + keys + " of them PrivateKeyEntry"
                                        + (alias == null ? "" : " (" + alias + ")") + ", none trustedCertEntry")));
        askedBy(evidence);
        List<String> fix = new ArrayList<>();
        if (onlyKeys) {
            fix.add(
                    "Give a trust store of its own: the certificate of a PrivateKeyEntry is no trusted one. keytool -exportcert -alias "
                            + alias + " and keytool -importcert make a trustedCertEntry of it.");
        } else {
            fix.add(
                    "List it: keytool -list -keystore STORE must show trustedCertEntry. A PKCS#12 file that openssl made has certificates"
                            + " without the trust attribute that Java requires: import them with keytool -importcert, or make it with openssl"
                            + " pkcs12 -jdktrust anyExtendedKeyUsage.");
            fix.add(
                    "Check its file and password: a store that was never loaded, or a PKCS#12 file loaded without its password"
                            + " (KeyStore.load(stream, null)), has no certificates either.");
        }
        return new Finding(
                EmptyTrustStore.EMPTY_TRUST_STORE,
                Confidence.CERTAIN,
                "TLS cannot be set up: the trust store holds no trusted certificate"
                        + (onlyKeys ? ", only private keys with theirs." : "."),
                List.copyOf(evidence),
                List.copyOf(fix));
    }

    private void decides(List<Evidence> evidence) {
        List<String> names = event.texts(Field.NAME);
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (!name.equals("provider") && i < event.texts(Field.VALUE).size()) {
                evidence.add(new Evidence(name, event.texts(Field.VALUE).get(i)));
            }
        }
    }

    private void askedBy(List<Evidence> evidence) {
        event.texts(Field.FRAME).stream()
                .filter(Frames::isApplication)
                .findFirst()
                .ifPresent(frame -> evidence.add(new Evidence("asked for by", frame)));
    }

    private @Nullable String value(String name) {
        List<String> all = values(name);
        return all.isEmpty() ? null : all.get(0);
    }

    private List<String> values(String name) {
        List<String> names = event.texts(Field.NAME);
        List<String> values = event.texts(Field.VALUE);
        List<String> found = new ArrayList<>();
        for (int i = 0; i < Math.min(names.size(), values.size()); i++) {
            if (names.get(i).equals(name)) {
                found.add(values.get(i));
            }
        }
        return found;
    }
}
