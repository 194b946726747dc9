package dev.tlscope.analyzer.model;

import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The configurations of one capture by number, up to a number of bytes that real captures never reach. One thread adds
 * them while others read them.
 */
public final class Configurations {
    private static final long MOST_BYTES = 64 << 20;
    private static final int FIELD_OVERHEAD = 60;

    private final Map<Long, Event> parts = new ConcurrentHashMap<>();
    private final Map<Long, Configuration> made = new ConcurrentHashMap<>();
    private long bytes;

    /** Adds the event and returns true, if it is a part of a configuration. */
    public boolean add(Event event) {
        boolean part = isPart(event.type());
        if (part && bytes <= MOST_BYTES) {
            bytes += size(event);
            parts.put(event.number(Field.CONFIGURATION, 0), event);
        }
        return part;
    }

    static boolean isPart(EventType type) {
        return type == EventType.CONFIGURATION || type == EventType.ENVIRONMENT || type == EventType.MANAGER;
    }

    /** The configuration that an event refers to; null when it refers to none, or to one that is missing. */
    public @Nullable Configuration of(@Nullable Event event) {
        long number = event == null ? 0 : event.number(Field.CONFIGURATION, 0);
        if (number == 0) {
            return null;
        }
        // Try without the lock that computeIfAbsent may take, because every handshake calls this.
        Configuration known = made.get(number);
        return known != null ? known : made.computeIfAbsent(number, this::make);
    }

    private @Nullable Configuration make(long number) {
        Event settings = parts.get(number);
        return settings == null || settings.type() != EventType.CONFIGURATION
                ? null
                : new Configuration(
                        settings,
                        part(settings, Field.ENVIRONMENT, EventType.ENVIRONMENT),
                        part(settings, Field.KEY_MANAGER_NUMBER, EventType.MANAGER),
                        part(settings, Field.TRUST_MANAGER_NUMBER, EventType.MANAGER));
    }

    private @Nullable Event part(Event settings, Field reference, EventType type) {
        Event part = parts.get(settings.number(reference, 0));
        return part != null && part.type() == type ? part : null;
    }

    private static long size(Event event) {
        long size = 0;
        for (int i = 0; i < event.size(); i++) {
            Object value = event.value(i);
            size += FIELD_OVERHEAD
                    + (value instanceof byte[] array
                            ? array.length
                            : value instanceof String text ? text.length() : Long.BYTES);
        }
        return size;
    }
}
