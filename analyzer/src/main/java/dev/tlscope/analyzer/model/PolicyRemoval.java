package dev.tlscope.analyzer.model;

import dev.tlscope.capture.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Something that is enabled on a connection, and that an entry of a security property disables.
 *
 * @param kind what is disabled
 * @param name in JSSE's or IANA's spelling
 * @param property the security property
 * @param entry the entry of the property, which names it or a part of it
 */
public record PolicyRemoval(Kind kind, String name, String property, String entry) {
    /** The kinds of things that can be disabled. */
    public enum Kind {
        PROTOCOL,
        SUITE,
        GROUP,
        SIGNATURE_SCHEME
    }

    private static final String PROPERTY = "jdk.tls.disabledAlgorithms";
    private static final String CURVES = "jdk.disabled.namedCurves";

    /**
     * All removals in a configuration: what an entry without a condition names, and what is in fact not active. An
     * entry with a condition, such as {@code DH keySize < 1024}, applies to keys and disables none of these.
     */
    public static List<PolicyRemoval> of(Configuration configuration) {
        List<String> entries = entries(configuration, PROPERTY);
        List<PolicyRemoval> removals = new ArrayList<>();
        add(removals, entries, Kind.PROTOCOL, configuration, Field.ENABLED_PROTOCOL, Field.ACTIVE_PROTOCOL);
        add(removals, entries, Kind.SUITE, configuration, Field.ENABLED_SUITE, Field.ACTIVE_SUITE);
        List<String> groups = Arrays.stream(configuration
                        .systemProperty("jdk.tls.namedGroups")
                        .orElse("")
                        .replace("\"", "")
                        .split(",", -1))
                .map(String::strip)
                .filter(group -> !group.isEmpty())
                .toList();
        add(removals, entries, Kind.GROUP, groups, configuration.values(Field.NAMED_GROUP));
        add(
                removals,
                entries,
                Kind.SIGNATURE_SCHEME,
                configuration,
                Field.SIGNATURE_SCHEME,
                Field.ACTIVE_SIGNATURE_SCHEME);
        return List.copyOf(removals);
    }

    /**
     * The entry without a condition that disables something, whether it was enabled or not; empty if none does.
     *
     * @param name one of JSSE's own names: the answer is kept as long as the configuration
     */
    public static Optional<PolicyRemoval> of(Configuration configuration, Kind kind, String name) {
        return configuration
                .derived()
                .get(Known.class, Known::new)
                .removals
                .computeIfAbsent(kind + " " + name, any -> find(configuration, kind, name));
    }

    private static Optional<PolicyRemoval> find(Configuration configuration, Kind kind, String name) {
        Set<String> parts = parts(kind, name);
        return Stream.of(PROPERTY, CURVES)
                .filter(property -> property.equals(PROPERTY) || (kind == Kind.GROUP && includesCurves(configuration)))
                .flatMap(property -> entries(configuration, property).stream()
                        .filter(entry -> names(entry, kind, name, parts))
                        .map(entry -> new PolicyRemoval(kind, name, property, entry)))
                .findFirst();
    }

    private static boolean includesCurves(Configuration configuration) {
        return configuration.property(PROPERTY).orElse("").contains("include " + CURVES);
    }

    private static List<String> entries(Configuration configuration, String property) {
        return Arrays.stream(configuration.property(property).orElse("").split(",", -1))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty() && !entry.contains(" "))
                .toList();
    }

    private static void add(
            List<PolicyRemoval> removals,
            List<String> entries,
            Kind kind,
            Configuration configuration,
            Field enabled,
            Field active) {
        add(removals, entries, kind, configuration.values(enabled), configuration.values(active));
    }

    private static void add(
            List<PolicyRemoval> removals, List<String> entries, Kind kind, List<String> enabled, List<String> active) {
        for (String name : enabled) {
            if (!active.contains(name)) {
                Set<String> parts = parts(kind, name);
                entries.stream()
                        .filter(entry -> names(entry, kind, name, parts))
                        .findFirst()
                        .ifPresent(entry -> removals.add(new PolicyRemoval(kind, name, PROPERTY, entry)));
            }
        }
    }

    /** Updates from 2025 on accept asterisks in the name of a suite, such as {@code TLS_RSA_*}. */
    private static boolean names(String entry, Kind kind, String name, Set<String> parts) {
        if (kind == Kind.SUITE && entry.startsWith("TLS_") && entry.contains("*")) {
            String pattern = Arrays.stream(entry.split("\\*", -1))
                    .map(Pattern::quote)
                    .reduce((first, second) -> first + ".*" + second)
                    .orElse("");
            return name.matches(pattern);
        }
        return entry.equalsIgnoreCase(name) || parts.contains(entry.toUpperCase(Locale.ROOT));
    }

    /** The parts into which sun.security.ssl.SSLAlgorithmDecomposer splits a name, in upper case. */
    private static Set<String> parts(Kind kind, String name) {
        Set<String> parts = new HashSet<>();
        int with = name.indexOf("_WITH_");
        if (kind == Kind.SUITE && with > 0) {
            keyExchange(name.substring(name.indexOf('_') + 1, with), parts);
            cipher(name.substring(with + 6), parts);
        } else if (kind == Kind.SUITE) {
            cipher(name.substring(name.indexOf('_') + 1), parts);
        } else if (kind == Kind.SIGNATURE_SCHEME && name.endsWith("_sha1")) {
            parts.addAll(Set.of("SHA1", "SHA-1"));
        }
        return parts;
    }

    private static void keyExchange(String exchange, Set<String> parts) {
        String upper = exchange.toUpperCase(Locale.ROOT);
        parts.add(upper);
        for (String part : upper.split("_", -1)) {
            parts.add(part);
            if (part.equals("DSS")) {
                parts.add("DSA");
            }
            if (part.equals("DH") || part.equals("DHE")) {
                parts.addAll(Set.of("DH", "DIFFIEHELLMAN"));
            }
        }
    }

    private static void cipher(String cipher, Set<String> parts) {
        String upper = cipher.toUpperCase(Locale.ROOT);
        int last = upper.lastIndexOf('_');
        String bulk = last < 0 ? upper : upper.substring(0, last);
        String hash = upper.substring(last + 1);
        boolean none = bulk.startsWith("NULL");
        parts.add(none ? "C_NULL" : bulk);
        if (none) {
            parts.add("NULL");
        }
        for (String part : bulk.split("_", -1)) {
            if (Set.of("AES", "RC4", "DES", "GCM", "CBC").contains(part)) {
                parts.add(part);
            }
        }
        if (bulk.startsWith("3DES")) {
            parts.add("DESEDE");
        }
        if (bulk.startsWith("CHACHA20")) {
            parts.add("CHACHA20-POLY1305");
        }
        String digest = hash.equals("SHA") ? "SHA1" : hash;
        parts.addAll(List.of(digest, digest.replace("SHA", "SHA-"), "HMAC" + digest));
    }

    /** The answers for a configuration, which many connections share. */
    private static final class Known {
        private final Map<String, Optional<PolicyRemoval>> removals = new ConcurrentHashMap<>();
    }
}
