package dev.tlscope.analyzer.model;

import dev.tlscope.capture.Event;
import java.util.Map;
import java.util.Optional;

/**
 * The agent's counts from its attach to a time, whether or not the connections were kept.
 *
 * @param timeNanos that time, nanoseconds since 1970-01-01T00:00:00Z
 * @param connections all connections
 * @param completed handshakes that completed
 * @param failed connections that failed
 * @param repeated those of the failed that were only counted, because many of their kind had been written
 * @param dropped events that found no room
 */
public record HandshakeCounts(
        long timeNanos, long connections, long completed, long failed, long repeated, long dropped) {
    /** Names of the values in the capture: src/docs/capture-format.md. */
    private static final String PREFIX = "counted.";

    /** The counts in an event; empty if it has none. */
    static Optional<HandshakeCounts> of(Event note) {
        Map<String, String> values = NamedValues.of(note);
        return values.containsKey(PREFIX + "connections")
                ? Optional.of(new HandshakeCounts(
                        note.timeNanos(),
                        number(values, "connections"),
                        number(values, "completed"),
                        number(values, "failed"),
                        number(values, "repeated"),
                        number(values, "dropped")))
                : Optional.empty();
    }

    /** The sum of two JVMs' counts. */
    public HandshakeCounts plus(HandshakeCounts other) {
        return new HandshakeCounts(
                Math.max(timeNanos, other.timeNanos),
                connections + other.connections,
                completed + other.completed,
                failed + other.failed,
                repeated + other.repeated,
                dropped + other.dropped);
    }

    private static long number(Map<String, String> values, String name) {
        String value = values.getOrDefault(PREFIX + name, "");
        return value.matches("[0-9]{1,18}") ? Long.parseLong(value) : 0;
    }
}
