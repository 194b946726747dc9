package dev.tlscope.analyzer.connect;

import dev.tlscope.analyzer.model.Configuration;
import dev.tlscope.analyzer.store.StoreException;
import dev.tlscope.capture.Field;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a JVM that runs: how it was started and, if tlscope captured a connection of it as a client, the settings of that
 * connection.
 *
 * @param leftOut properties that do not count here, because they make JSSE connect to other hosts
 * @param captured of its last captured connection as a client; null if there is none
 */
public record LikeSettings(
        Path home,
        Map<String, String> properties,
        List<String> leftOut,
        @Nullable Configuration captured) {
    private static final Pattern PROPERTY = Pattern.compile("-D([^=]+)=?(.*)", Pattern.DOTALL);

    private static final List<String> PREFIXES = List.of(
            "javax.net.ssl.",
            "jsse.",
            "jdk.tls.",
            "jdk.security.",
            "jdk.certpath.",
            "com.sun.net.ssl.",
            "com.sun.security.",
            "sun.security.",
            "java.security.properties",
            "java.net.prefer");

    /** They make JSSE fetch certificates or their status, and connect must reach no other host. */
    private static final List<String> FETCHING = List.of(
            "com.sun.net.ssl.checkRevocation", "com.sun.security.enableCRLDP", "com.sun.security.enableAIAcaIssuers");

    /** Their values are paths, which a container sees elsewhere. */
    private static final List<String> FILES =
            List.of("javax.net.ssl.trustStore", "javax.net.ssl.keyStore", "java.security.properties");

    private static final List<String> POLICY = List.of(
            "jdk.tls.disabledAlgorithms",
            "jdk.tls.legacyAlgorithms",
            "jdk.certpath.disabledAlgorithms",
            "jdk.security.caDistrustPolicies",
            "jdk.disabled.namedCurves",
            "ssl.TrustManagerFactory.algorithm");

    /** The agent does not capture values with passwords. */
    private static final String LEFT_OUT = "(left out)";

    /**
     * The settings.
     *
     * @param options how it was started
     * @param seen turns a path of it into one that is seen from here
     */
    public static LikeSettings of(
            Path home, List<String> options, UnaryOperator<String> seen, @Nullable Configuration captured) {
        Map<String, String> properties = new LinkedHashMap<>();
        for (String option : options) {
            Matcher property = PROPERTY.matcher(option);
            if (property.matches()) {
                properties.put(property.group(1), property.group(2));
            }
        }
        if (captured != null) {
            captured.systemProperties().forEach((name, value) -> {
                if (!value.equals(LEFT_OUT)) {
                    properties.put(name, value);
                }
            });
        }
        List<String> leftOut = FETCHING.stream().filter(properties::containsKey).toList();
        properties
                .keySet()
                .removeIf(name -> FETCHING.contains(name) || PREFIXES.stream().noneMatch(name::startsWith));
        properties.replaceAll((name, value) -> FILES.contains(name) ? seen(value, seen) : value);
        return new LikeSettings(home, properties, leftOut, captured);
    }

    /** A second equals sign means that the file counts in place of java.security. */
    private static String seen(String value, UnaryOperator<String> seen) {
        String form = value.startsWith("=") ? "=" : "";
        String path = value.substring(form.length());
        return path.isEmpty() || path.equals("NONE") ? value : form + seen.apply(path);
    }

    /** As options of a JVM. */
    public List<String> options() {
        return properties.entrySet().stream()
                .map(entry -> "-D" + entry.getKey() + "=" + entry.getValue())
                .toList();
    }

    /** The policy that counted in its captured connection. */
    public Map<String, String> policy() {
        Map<String, String> policy = new TreeMap<>();
        Configuration from = captured;
        if (from != null) {
            for (String name : POLICY) {
                from.property(name).ifPresent(value -> policy.put(name, value));
            }
        }
        return policy;
    }

    /** Its trust anchors, if the capture has all of them; else null, and the JDK reads the file itself. */
    public @Nullable LoadableStore anchors(Path directory) throws IOException, StoreException {
        Configuration from = captured;
        if (from == null
                || from.anchors().isEmpty()
                || from.anchorCount().orElse(-1) != from.anchors().size()) {
            return null;
        }
        return LoadableStore.trust(from.anchors(), directory);
    }

    /** The values of the captured connection, with commas between; empty without. */
    public Optional<String> list(Field field) {
        Configuration from = captured;
        List<String> values = from == null ? List.of() : from.values(field);
        return values.isEmpty() ? Optional.empty() : Optional.of(String.join(",", values));
    }
}
