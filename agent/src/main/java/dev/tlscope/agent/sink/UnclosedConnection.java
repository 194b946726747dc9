package dev.tlscope.agent.sink;

import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import org.jspecify.annotations.Nullable;

/** The state of a connection that has not closed, with which it can continue in a later file. */
final class UnclosedConnection {
    private @Nullable Event description;
    private boolean completed;

    void add(Event event) {
        if (event.type() == EventType.CONNECTION) {
            description = event;
        } else if (event.type() == EventType.HANDSHAKE) {
            completed = true;
        }
    }

    /**
     * Whether the connection can continue in another file: its handshake is over. An unfinished handshake stays whole in its
     * file.
     */
    boolean mayMove() {
        return description != null && (completed || description.flag(Field.JOINED_LATE));
    }

    /**
     * The CONNECTION event for the next file, or null when there was none. It says that the capture joined the connection late,
     * which is true for a reader of that file alone.
     */
    @Nullable
    Event repeated() {
        Event original = description;
        if (original == null) {
            return null;
        }
        Event copy = new Event(original.type(), original.connection(), original.timeNanos());
        for (int i = 0; i < original.size(); i++) {
            if (original.field(i) != Field.JOINED_LATE) {
                put(copy, original.field(i), original.value(i));
            }
        }
        return copy.put(Field.JOINED_LATE, 1);
    }

    private static void put(Event event, Field field, Object value) {
        if (value instanceof Long) {
            event.put(field, (long) (Long) value);
        } else if (value instanceof String) {
            event.put(field, (String) value);
        } else {
            event.put(field, (byte[]) value);
        }
    }
}
