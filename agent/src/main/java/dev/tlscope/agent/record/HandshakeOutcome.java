package dev.tlscope.agent.record;

import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was recorded of a handshake up to its end: its CONNECTION, KEY_PAIR and handshake MESSAGE events, and the HANDSHAKE or
 * FAILURE event that ended it. When memory was short, or the connection released its events early, those of the handshake are
 * missing and the last event alone is known. Used by the writer's thread alone.
 */
public final class HandshakeOutcome {
    private final long connection;
    private final boolean failed;
    private final List<Event> events;
    private final @Nullable String local;
    private final @Nullable String peer;
    private final WeakReference<@Nullable ClassLoader> application;

    /**
     * Made of what is known.
     *
     * @param local address of this end as {@code host:port}; null when not known
     * @param peer the other end's
     * @param application context class loader of the thread on which the handshake ended
     */
    public HandshakeOutcome(
            long connection,
            boolean failed,
            List<Event> events,
            @Nullable String local,
            @Nullable String peer,
            @Nullable ClassLoader application) {
        this.connection = connection;
        this.failed = failed;
        this.events = Collections.unmodifiableList(new ArrayList<>(events));
        this.local = local;
        this.peer = peer;
        this.application = new WeakReference<>(application);
    }

    /** Number of the connection within the capture. */
    public long connection() {
        return connection;
    }

    public boolean failed() {
        return failed;
    }

    public @Nullable String local() {
        return local;
    }

    public @Nullable String peer() {
        return peer;
    }

    /** The context class loader of the thread on which it ended; null when there was none, or it was collected. */
    public @Nullable ClassLoader application() {
        return application.get();
    }

    /** All events of that type, oldest first. */
    public List<Event> all(EventType type) {
        List<Event> found = new ArrayList<>();
        for (Event event : events) {
            if (event.type() == type) {
                found.add(event);
            }
        }
        return found;
    }

    /** The last event of that type; null when it is not known. */
    public @Nullable Event last(EventType type) {
        List<Event> found = all(type);
        return found.isEmpty() ? null : found.get(found.size() - 1);
    }

    /** The FAILURE or HANDSHAKE event with which it ended; null when it is not known. */
    public @Nullable Event ending() {
        return last(failed ? EventType.FAILURE : EventType.HANDSHAKE);
    }
}
