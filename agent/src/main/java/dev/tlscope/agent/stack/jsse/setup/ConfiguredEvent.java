package dev.tlscope.agent.stack.jsse.setup;

import dev.tlscope.agent.record.EventSize;
import dev.tlscope.agent.record.QueuedEvent;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;

/** An event that refers to the current configuration, whose number the writer's thread determines. */
public final class ConfiguredEvent implements QueuedEvent {
    /** Bytes of the settings' own objects; the lists that they refer to are JSSE's. */
    private static final int SETTINGS = 300;

    private final Event event;
    private final ConnectionSettings settings;
    private final ConfigurationNumbers book;

    public ConfiguredEvent(Event event, ConnectionSettings settings, ConfigurationNumbers book) {
        this.event = event;
        this.settings = settings;
        this.book = book;
    }

    @Override
    public Event resolve() {
        try {
            return event.put(Field.CONFIGURATION, book.number(settings));
        } catch (RuntimeException e) {
            // the event itself is more important than the configuration
            return event.put(Field.NAME, "configuration").put(Field.VALUE, "could not be read: " + e);
        }
    }

    @Override
    public Event known() {
        return event;
    }

    @Override
    public boolean isSecret() {
        return false;
    }

    @Override
    public boolean isEssential() {
        return event.type() == EventType.FAILURE;
    }

    @Override
    public int size() {
        return EventSize.of(event) + SETTINGS;
    }

    @Override
    public void discard() {
        // holds no copy of a secret
    }
}
