package dev.tlscope.agent.record;

import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.util.concurrent.atomic.AtomicLong;

/** The counts since the attach that status shows. */
public final class Counters {
    public final AtomicLong connections = new AtomicLong();
    public final AtomicLong handshakes = new AtomicLong();
    public final AtomicLong failed = new AtomicLong();
    /** Those of the failed that were only counted, because their kind was written often. */
    public final AtomicLong repeated = new AtomicLong();
    /** Connections that ended without close_notify after their handshake; not among the failed. */
    public final AtomicLong ended = new AtomicLong();

    public final AtomicLong alertsSent = new AtomicLong();
    public final AtomicLong alertsReceived = new AtomicLong();
    public final AtomicLong dropped = new AtomicLong();

    /**
     * All counts in the capture's form (src/docs/capture-format.md), so that a reader learns the number of what it does
     * not keep.
     */
    public Event event(long nanos) {
        Event event = new Event(EventType.NOTE, 0, nanos);
        count(event, "connections", connections);
        count(event, "completed", handshakes);
        count(event, "failed", failed);
        count(event, "dropped", dropped);
        if (repeated.get() > 0) {
            count(event, "repeated", repeated);
        }
        return event;
    }

    private static void count(Event event, String name, AtomicLong count) {
        event.put(Field.NAME, "counted." + name).put(Field.VALUE, String.valueOf(count.get()));
    }
}
