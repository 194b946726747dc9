package dev.tlscope.analyzer.evidence;

import dev.tlscope.analyzer.evidence.OfferLimit.Source;
import dev.tlscope.analyzer.model.Configuration;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.PolicyRemoval;
import dev.tlscope.analyzer.registry.JsseDefaults;
import dev.tlscope.capture.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Properties, policy and the application's own lists as reasons why something is not offered. */
final class OfferSettings {
    private static final String SECURITY_FILE = "java.security.properties";

    private final Handshake handshake;
    private final Configuration configuration;
    private final List<String> enabledSuites;

    OfferSettings(Handshake handshake, Configuration configuration) {
        this.handshake = handshake;
        this.configuration = configuration;
        this.enabledSuites = handshake.setUp(Field.ENABLED_SUITE);
    }

    @Nullable
    OfferLimit policy(Optional<PolicyRemoval> removal) {
        return removal.map(found -> policy(found.entry(), found.property())).orElse(null);
    }

    OfferLimit policy(String entry, String property) {
        String file = configuration
                .systemProperty(SECURITY_FILE)
                .map(path -> " with " + path + " (-D" + SECURITY_FILE + ")")
                .orElse("");
        return new OfferLimit(Source.POLICY, "removed by " + property + file, entry);
    }

    /** The property that lists other values and not this one; null if none is set, or it lists this one. */
    @Nullable
    OfferLimit property(List<String> names, String value) {
        for (String name : names) {
            Optional<String> set = configuration.systemProperty(name);
            if (set.isPresent()) {
                return listed(set.get()).contains(value)
                        ? null
                        : new OfferLimit(
                                Source.PROPERTY,
                                "-D" + name + "=" + set.get() + " leaves it out",
                                "Remove -D" + name
                                        + " from the command line of the JVM, or add what is missing to its value: "
                                        + set.get() + ".");
            }
        }
        return null;
    }

    static List<String> listed(String value) {
        return Arrays.stream(value.replace("\"", "").split(",", -1))
                .map(String::strip)
                .toList();
    }

    /** Only javax.net.ssl.HttpsURLConnection reads https.protocols, and the other property if that is not set. */
    List<String> protocolProperties() {
        return handshake.isClient()
                ? isUrlConnection()
                        ? List.of("https.protocols", "jdk.tls.client.protocols")
                        : List.of("jdk.tls.client.protocols")
                : List.of("jdk.tls.server.protocols");
    }

    List<String> suiteProperties() {
        return handshake.isClient()
                ? isUrlConnection()
                        ? List.of("https.cipherSuites", "jdk.tls.client.cipherSuites")
                        : List.of("jdk.tls.client.cipherSuites")
                : List.of("jdk.tls.server.cipherSuites");
    }

    private boolean isUrlConnection() {
        return handshake.cameThrough("sun.net.www.protocol.https.");
    }

    Optional<String> library() {
        return TlsLibrary.setting(handshake);
    }

    /**
     * True when JSSE's default for this SSLContext does not contain it, so that the application did not remove it. The
     * default is captured if it differs from what is enabled.
     */
    boolean isDefaultWithout(Field defaults, String value) {
        boolean known = !handshake.setUp(Field.SSL_CONTEXT).isEmpty();
        return known && !handshake.setUp(defaults).contains(value);
    }

    OfferLimit application(String what, String methods) {
        Optional<String> library = library();
        return new OfferLimit(
                Source.APPLICATION,
                "the application's own list of " + what + " leaves it out, not the JVM"
                        + library.map(setting -> " (on the stack: " + setting + ")")
                                .orElse(""),
                "Add what the " + handshake.peerRole() + " takes to the application's list of " + what + ": "
                        + library.orElse(methods) + ".");
    }

    /** If crypto.policy was not captured, a default list that lacks only the values which it forbids shows it. */
    boolean isLimitedCryptography() {
        Optional<String> policy = configuration.property("crypto.policy");
        boolean none = !enabledSuites.isEmpty() && enabledSuites.stream().noneMatch(JsseDefaults::isOver128Bits);
        return policy.map("limited"::equals).orElse(false)
                || (none
                        && policy.isEmpty()
                        && JsseDefaults.suites(configuration.jdk()).stream()
                                .filter(suite -> !JsseDefaults.isOver128Bits(suite)
                                        && PolicyRemoval.of(configuration, PolicyRemoval.Kind.SUITE, suite)
                                                .isEmpty())
                                .allMatch(enabledSuites::contains));
    }

    OfferLimit limitedCryptography() {
        String value = configuration.property("crypto.policy").orElse("not captured");
        return new OfferLimit(
                Source.CRYPTO_POLICY,
                "this JVM's cryptography is limited to keys of 128 bits: security property crypto.policy "
                        + (value.equals("limited") ? "is limited" : "(" + value + ")"),
                "Set crypto.policy=unlimited in java.security (JDK 8u151 and later); an older JDK 8 needs the unlimited strength"
                        + " policy files.");
    }
}
