package dev.tlscope.analyzer.model;

import dev.tlscope.capture.CapturedEvent;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Connections that were handed on before they closed, for want of memory. Of many the eldest are forgotten. */
final class EvictedConnections {
    private static final int MOST = 20_000;

    private final Consumer<Boolean> counted;
    private final Map<Long, Entry> entries = new LinkedHashMap<>();

    private record Entry(
            boolean completed, boolean failed, @Nullable Event description) {}

    /**
     * None.
     *
     * @param counted told of each that will not fail any more: whether it had completed
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

    /** True for an event of such a connection, unless it is its first failure. */
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

    /** Forgets it, for it is open again; its description, or null. */
    @Nullable
    Event remove(long connection) {
        Entry entry = entries.remove(connection);
        return entry == null ? null : entry.description;
    }

    /** The capture ends. */
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
