package dev.tlscope.agent.sink;

import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import org.jspecify.annotations.Nullable;

/** What a file knows of a connection that has not closed, so that the connection can go on in a later one. */
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

    /** Whether its handshake is over: one that is not stays whole in its file. */
    boolean mayMove() {
        return description != null && (completed || description.flag(Field.JOINED_LATE));
    }

    /**
     * The CONNECTION event as the next file has it, or null where none came. For a reader of that file alone the capture joined
     * the connection late.
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
