package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.finding.CauseId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All causes that tlscope distinguishes, as the classes that find them declare them. The documentation is generated
 * from it.
 */
public final class Catalogue {
    private static final Map<String, CauseId> BY_ID = byId();

    private Catalogue() {}

    /** All causes, in the order in which they are examined. */
    public static List<CauseId> entries() {
        return List.copyOf(BY_ID.values());
    }

    /** The cause with that id. */
    public static Optional<CauseId> of(String id) {
        return Optional.ofNullable(BY_ID.get(id));
    }

    private static Map<String, CauseId> byId() {
        Map<String, CauseId> all = new LinkedHashMap<>();
        Stream.concat(
                        Causes.ORDER.stream().flatMap(cause -> cause.ids().stream()),
                        Stream.of(Warnings.KEYSTORE_PASSWORD))
                .forEach(cause -> {
                    CauseId other = all.putIfAbsent(cause.id(), cause);
                    if (other != null && other != cause) {
                        throw new IllegalStateException("two causes have the id " + cause.id());
                    }
                });
        return all;
    }
}
