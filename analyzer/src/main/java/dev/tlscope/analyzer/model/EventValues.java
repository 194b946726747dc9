package dev.tlscope.analyzer.model;

import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.util.Locale;

/** The names of an event's values, and which of them are secret. */
public final class EventValues {
    private EventValues() {}

    /** The name in lower case with underscores. */
    public static String nameOf(EventType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    /** The name in lower case with underscores. */
    public static String nameOf(Field field) {
        return field.name().toLowerCase(Locale.ROOT);
    }

    /**
     * True for values that allow to decrypt traffic. Bytes count as secret unless they are known to be harmless, so
     * that an event type that is added later cannot leak secrets.
     */
    public static boolean isSecret(EventType type, Field field) {
        return field == Field.BYTES && type != EventType.MESSAGE && type != EventType.RECORD;
    }

    /**
     * A copy of the event for another capture.
     *
     * @param connection number of the connection in that capture
     * @param configurations offset for the numbers of configurations, environments and managers
     * @param secrets whether to copy secrets
     */
    public static Event copy(Event event, long connection, long configurations, boolean secrets) {
        Event copy = new Event(event.type(), connection, event.timeNanos());
        for (int i = 0; i < event.size(); i++) {
            Field field = event.field(i);
            Object value = event.value(i);
            if (!secrets && isSecret(event.type(), field)) {
                continue;
            }
            if (value instanceof Long number) {
                copy.put(field, isReference(field) && number > 0 ? number + configurations : number);
            } else if (value instanceof byte[] bytes) {
                copy.put(field, bytes);
            } else {
                copy.put(field, (String) value);
            }
        }
        return copy;
    }

    /** The highest number of a configuration, environment or manager in the event. */
    public static long highestReference(Event event) {
        long highest = 0;
        for (int i = 0; i < event.size(); i++) {
            if (isReference(event.field(i)) && event.value(i) instanceof Long number) {
                highest = Math.max(highest, number);
            }
        }
        return highest;
    }

    private static boolean isReference(Field field) {
        return field == Field.CONFIGURATION
                || field == Field.ENVIRONMENT
                || field == Field.KEY_MANAGER_NUMBER
                || field == Field.TRUST_MANAGER_NUMBER;
    }
}
