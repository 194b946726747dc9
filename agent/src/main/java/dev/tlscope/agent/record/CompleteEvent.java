package dev.tlscope.agent.record;

import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An event that is complete already. */
public final class CompleteEvent implements QueuedEvent {
    private final Event event;

    public CompleteEvent(Event event) {
        this.event = event;
    }

    @Override
    public Event resolve() {
        return event;
    }

    @Override
    public @Nullable Event known() {
        return isSecret() ? null : event;
    }

    @Override
    public boolean isSecret() {
        return event.type() == EventType.SECRET;
    }

    @Override
    public boolean isEssential() {
        return event.type() == EventType.FAILURE;
    }

    @Override
    public int size() {
        return EventSize.of(event);
    }

    @Override
    public void discard() {
        byte[] bytes = event.bytes(Field.BYTES);
        boolean secret = isSecret() || event.type() == EventType.EXPORTER;
        if (secret && bytes != null) {
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
