package dev.tlscope.analyzer.model;

import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a connection when it was created, completed or failed. Values that the capture does not have are
 * empty. Certificates are parsed on demand; those that do not parse are left out.
 */
public final class Configuration {
    private static final Pattern JDK = Pattern.compile("(?:1\\.)?(\\d{1,3})(?!\\d)");

    private final Event settings;
    private final @Nullable Event environment;
    private final @Nullable Event keys;
    private final @Nullable Event trust;
    private final Memo derived = new Memo();
    private @Nullable List<X509Certificate> anchors;
    private @Nullable List<String> subjects;
    private @Nullable List<KeyEntry> entries;
    private @Nullable Map<String, String> properties;

    Configuration(Event settings, @Nullable Event environment, @Nullable Event keys, @Nullable Event trust) {
        this.settings = settings;
        this.environment = environment;
        this.keys = keys;
        this.trust = trust;
    }

    /** One alias of a key manager: its chain, leaf first, and the key's JCA algorithm. */
    public record KeyEntry(String alias, @Nullable String keyAlgorithm, List<X509Certificate> chain) {
        public KeyEntry {
            chain = List.copyOf(chain);
        }
    }

    /** Caches what is computed from the configuration. */
    Memo derived() {
        return derived;
    }

    /** The CONFIGURATION event itself. */
    public Event settings() {
        return settings;
    }

    /**
     * Values of a field of the CONFIGURATION event, such as ENABLED_SUITE, ACTIVE_SUITE, NAMED_GROUP, SIGNATURE_SCHEME.
     */
    public List<String> values(Field field) {
        return settings.texts(field);
    }

    /**
     * The value of a security property, such as {@code jdk.tls.disabledAlgorithms}, or of the JVM, such as {@code
     * java.home}.
     */
    public Optional<String> property(String name) {
        return value(name);
    }

    /** The value of a system property that concerns TLS. */
    public Optional<String> systemProperty(String name) {
        return value("-D" + name);
    }

    /** All system properties that concern TLS; those with passwords have no values. */
    public Map<String, String> systemProperties() {
        Map<String, String> found = new TreeMap<>();
        properties().forEach((name, value) -> {
            if (name.startsWith("-D")) {
                found.put(name.substring(2), value);
            }
        });
        return found;
    }

    /** The JDK's feature number, such as 8 or 17; 0 when it is not known. */
    public int jdk() {
        Matcher version = JDK.matcher(value("java.runtime.version").orElse(""));
        return version.lookingAt() ? Integer.parseInt(version.group(1)) : 0;
    }

    /** Security providers in order of preference: name, version and, if the JVM had loaded it, class. */
    public List<String> providers() {
        List<String> providers = new ArrayList<>();
        for (int number = 1; value("provider." + number).isPresent(); number++) {
            providers.add(value("provider." + number).orElseThrow());
        }
        return List.copyOf(providers);
    }

    /** Class of the key manager; empty when there is none. */
    public Optional<String> keyManager() {
        return Optional.ofNullable(keys == null ? null : keys.text(Field.KEY_MANAGER));
    }

    /** True for a key manager of the application that JSSE does not call for an SSLEngine. */
    public boolean isKeyManagerForSocketsAlone() {
        return keys != null && keys.flag(Field.NOT_EXTENDED);
    }

    /** Its aliases with a private key; for an application's own those of JSSE's key managers inside it. */
    public synchronized List<KeyEntry> keyEntries() {
        List<KeyEntry> known = entries;
        if (known == null) {
            known = keys == null ? List.of() : entries(keys);
            entries = known;
        }
        return known;
    }

    /** Class of the trust manager; empty when there is none. */
    public Optional<String> trustManager() {
        return Optional.ofNullable(trust == null ? null : trust.text(Field.TRUST_MANAGER));
    }

    /** Number of trust anchors; empty when they cannot be read. */
    public OptionalLong anchorCount() {
        return trust == null || !trust.has(Field.ANCHOR_COUNT)
                ? OptionalLong.empty()
                : OptionalLong.of(trust.number(Field.ANCHOR_COUNT, 0));
    }

    /** The first 300 of its anchors. */
    public synchronized List<X509Certificate> anchors() {
        List<X509Certificate> known = anchors;
        if (known == null) {
            known = certificates(trust == null ? List.of() : trust.byteStrings(Field.CERTIFICATE));
            anchors = known;
        }
        return known;
    }

    /** File that the anchors were read from. */
    public Optional<String> anchorSource() {
        return Optional.ofNullable(trust == null ? null : trust.text(Field.ANCHOR_SOURCE));
    }

    /** Subjects of the anchors, RFC 2253. */
    public synchronized List<String> anchorSubjects() {
        List<String> known = subjects;
        if (known == null) {
            known = anchors().stream()
                    .map(anchor -> anchor.getSubjectX500Principal().getName())
                    .toList();
            subjects = known;
        }
        return known;
    }

    /** All texts of a field, from whichever event has it. */
    List<String> texts(Field field) {
        return switch (field) {
            case KEY_MANAGER -> keys == null ? List.of() : keys.texts(field);
            case TRUST_MANAGER, ANCHOR_SOURCE -> trust == null ? List.of() : trust.texts(field);
            case ANCHOR -> anchorSubjects();
            default -> settings.texts(field);
        };
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(properties().get(name));
    }

    /** Security properties and, prefixed with -D, system properties; of duplicates the first. */
    private synchronized Map<String, String> properties() {
        Map<String, String> known = properties;
        if (known == null) {
            known = environment == null ? Map.of() : properties(environment);
            properties = known;
        }
        return known;
    }

    private static Map<String, String> properties(Event environment) {
        List<String> names = environment.texts(Field.NAME);
        List<String> values = environment.texts(Field.VALUE);
        Map<String, String> properties = new HashMap<>();
        for (int i = 0; i < Math.min(names.size(), values.size()); i++) {
            properties.putIfAbsent(names.get(i), values.get(i));
        }
        return properties;
    }

    /** Each ALIAS starts an entry, which the fields up to the next ALIAS belong to. */
    private static List<KeyEntry> entries(Event manager) {
        List<KeyEntry> entries = new ArrayList<>();
        String alias = null;
        String algorithm = null;
        List<byte[]> chain = new ArrayList<>();
        for (int i = 0; i < manager.size(); i++) {
            switch (manager.field(i)) {
                case ALIAS -> {
                    if (alias != null) {
                        entries.add(new KeyEntry(alias, algorithm, certificates(chain)));
                    }
                    alias = (String) manager.value(i);
                    algorithm = null;
                    chain.clear();
                }
                case KEY_ALGORITHM -> algorithm = (String) manager.value(i);
                case CERTIFICATE -> chain.add((byte[]) manager.value(i));
                default -> {
                    // these fields belong to the manager itself
                }
            }
        }
        if (alias != null) {
            entries.add(new KeyEntry(alias, algorithm, certificates(chain)));
        }
        return List.copyOf(entries);
    }

    private static List<X509Certificate> certificates(List<byte[]> encoded) {
        return encoded.stream()
                .map(Certificates::parse)
                .flatMap(Optional::stream)
                .toList();
    }
}
