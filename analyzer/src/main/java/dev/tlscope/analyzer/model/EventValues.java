package dev.tlscope.analyzer.model;

import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.util.Locale;

/** How an event's values are named, and which are secret. */
public final class EventValues {
    private EventValues() {}

    /** Lower case, words apart by an underscore. */
    public static String nameOf(EventType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    /** The same. */
    public static String nameOf(Field field) {
        return field.name().toLowerCase(Locale.ROOT);
    }

    /**
     * True for what opens somebody's traffic: the bytes of whatever is not known to be harmless, so that an event type
     * made later is not betrayed by an older list.
     */
    public static boolean isSecret(EventType type, Field field) {
        return field == Field.BYTES && type != EventType.MESSAGE && type != EventType.RECORD;
    }

    /**
     * The event as it would stand in another capture.
     *
     * @param connection its number there
     * @param configurations added to the numbers of configurations, environments and managers
     * @param secrets whether they are copied
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

    /** The highest number of a configuration, environment or manager that it has. */
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
