package dev.tlscope.analyzer.model;

import dev.tlscope.capture.CapturedEvent;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Connections that were delivered before they closed, to free memory. When there are too many, the oldest are dropped.
 */
final class EvictedConnections {
    private static final int MOST = 20_000;

    private final Consumer<Boolean> counted;
    private final Map<Long, Entry> entries = new LinkedHashMap<>();

    private record Entry(
            boolean completed, boolean failed, @Nullable Event description) {}

    /**
     * Starts empty.
     *
     * @param counted called for each connection that can no longer fail, with whether it had completed
     */
    EvictedConnections(Consumer<Boolean> counted) {
        this.counted = counted;
    }

    void add(OpenConnection connection) {
        entries.put(
                connection.number(),
                new Entry(connection.isCompleted(), connection.mayHaveFailed(), connection.description()));
        if (entries.size() > MOST) {
            Map.Entry<Long, Entry> eldest = entries.entrySet().iterator().next();
            entries.remove(eldest.getKey());
            count(eldest.getValue());
        }
    }

    /** True for an event of such a connection that has to be skipped: any but its first failure. */
    boolean passesOver(CapturedEvent event) {
        Entry entry = entries.get(event.connection());
        if (entry == null) {
            return false;
        }
        if (event.type() == EventType.CLOSED) {
            entries.remove(event.connection());
            count(entry);
        }
        if (event.type() == EventType.HANDSHAKE) {
            entries.put(event.connection(), new Entry(true, entry.failed, entry.description));
        }
        return event.type() != EventType.FAILURE || entry.failed;
    }

    /** Removes a connection that is open again; returns its CONNECTION event, or null. */
    @Nullable
    Event remove(long connection) {
        Entry entry = entries.remove(connection);
        return entry == null ? null : entry.description;
    }

    /** Counts and removes all, at the end of the capture. */
    void clear() {
        entries.values().forEach(this::count);
        entries.clear();
    }

    private void count(Entry entry) {
        if (!entry.failed) {
            counted.accept(entry.completed);
        }
    }
}
