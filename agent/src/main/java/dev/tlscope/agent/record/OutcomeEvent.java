package dev.tlscope.agent.record;

import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes a handshake's end through the queue to the {@link OutcomeListener}, behind the events that it refers to. Nothing is
 * written of it.
 */
public final class OutcomeEvent implements QueuedEvent {
    /** Its own objects; the events are counted where they wait or are queued. */
    private static final int SIZE = 400;

    private final OutcomeListener listener;
    private final long connection;
    private final boolean failed;
    private final List<QueuedEvent> noted;
    private final Address address;
    private final @Nullable ClassLoader application;

    /** @param noted the connection's events so far, of any type */
    private OutcomeEvent(
            OutcomeListener listener, long connection, boolean failed, List<QueuedEvent> noted, Address address) {
        this.listener = listener;
        this.connection = connection;
        this.failed = failed;
        this.noted = noted;
        this.address = address;
        this.application = contextLoader();
    }

    /**
     * Of a connection.
     *
     * @param buffered its events; null when they were released
     * @param essential those of them that stay known
     */
    static OutcomeEvent of(
            OutcomeListener listener,
            long connection,
            boolean failed,
            @Nullable BufferedEvents buffered,
            List<QueuedEvent> essential,
            Address address) {
        List<QueuedEvent> noted = new ArrayList<>();
        if (buffered != null) {
            buffered.copyTo(noted);
        } else {
            noted.addAll(essential);
        }
        return new OutcomeEvent(listener, connection, failed, noted, address);
    }

    @Override
    public @Nullable Event resolve() {
        List<Event> events = new ArrayList<>();
        for (QueuedEvent queued : noted) {
            Event known = queued.known();
            if (known != null && isTold(known.type())) {
                events.add(known);
            }
        }
        listener.ended(new HandshakeOutcome(connection, failed, events, address.local(), address.peer(), application));
        return null;
    }

    @Override
    public boolean isSecret() {
        return false;
    }

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public void discard() {
        // holds no copy of a secret
    }

    private static boolean isTold(EventType type) {
        return type == EventType.CONNECTION
                || type == EventType.MESSAGE
                || type == EventType.KEY_PAIR
                || type == EventType.HANDSHAKE
                || type == EventType.FAILURE;
    }

    private static @Nullable ClassLoader contextLoader() {
        try {
            return Thread.currentThread().getContextClassLoader();
        } catch (SecurityException e) {
            return null; // the application's own code on the stack may lack the permission
        }
    }
}
