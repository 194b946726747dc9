package dev.tlscope.analyzer.check;

import dev.tlscope.analyzer.evidence.Policy;
import dev.tlscope.analyzer.evidence.PolicyEntry;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.Security;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a JDK's security properties forbid in certificates.
 *
 * @param jdk what it is called in sentences
 * @param values the properties' values by name, the included property with its own
 */
public record JdkPolicy(String jdk, Map<String, String> values) {
    private static final List<String> PLACES =
            List.of("conf/security/java.security", "lib/security/java.security", "jre/lib/security/java.security");

    public JdkPolicy {
        values = Map.copyOf(values);
    }

    /** The policy of the JVM that runs tlscope. */
    public static JdkPolicy ofThisJvm() {
        return of("JDK " + Runtime.version().feature(), Security::getProperty);
    }

    /**
     * The policy of an installed JDK or JRE.
     *
     * @throws NoSuchFileException if it has no java.security
     */
    public static JdkPolicy ofHome(Path home) throws IOException {
        Properties properties = new Properties();
        Path file = PLACES.stream()
                .map(home::resolve)
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() ->
                        new NoSuchFileException(home.resolve(PLACES.get(0)).toString()));
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return of(home.toString(), properties::getProperty);
    }

    private static JdkPolicy of(String jdk, UnaryOperator<@Nullable String> properties) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String name : List.of(Policy.CERTIFICATES, Policy.TLS)) {
            String value = properties.apply(name);
            if (value != null) {
                values.put(name, value);
                String curves = properties.apply(Policy.CURVES);
                if (curves != null && value.contains("include " + Policy.CURVES)) {
                    values.put(Policy.CURVES, curves);
                }
            }
        }
        return new JdkPolicy(jdk, values);
    }

    /** An entry and the property that has it. */
    record Entry(String property, PolicyEntry entry) {}

    /** The first entry for which that is true. */
    Optional<Entry> first(Predicate<PolicyEntry> test) {
        return List.of(Policy.CERTIFICATES, Policy.TLS, Policy.CURVES).stream()
                .flatMap(property -> PolicyEntry.of(values.getOrDefault(property, "")).stream()
                        .filter(test)
                        .map(entry -> new Entry(property, entry)))
                .findFirst();
    }
}
