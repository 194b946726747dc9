package dev.tlscope.capture;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Encodes an event as version, type, connection, time, and one type-length-value per field. */
final class EventEncoder {
    private EventEncoder() {}

    /**
     * Appends an event, padded to a multiple of four bytes.
     *
     * @param without fields that are not part of this block
     * @param limit the most bytes that the event may take; a field that would exceed it is left out
     * @return the fields that were left out because of their length
     */
    static List<Field> append(BlockBuffer to, Event event, Set<Field> without, int limit) {
        int start = to.length();
        to.u16(Pcapng.EVENT_VERSION);
        to.u16(event.type().code());
        to.u64(event.connection());
        to.u64(event.timeNanos());
        List<Field> tooLong = new ArrayList<>(0);
        for (int i = 0; i < event.size(); i++) {
            Field field = event.field(i);
            if (without.contains(field)) {
                continue;
            }
            Object value = event.value(i);
            byte[] bytes = value instanceof byte[]
                    ? (byte[]) value
                    : value instanceof String ? ((String) value).getBytes(StandardCharsets.UTF_8) : new byte[0];
            if (bytes.length > limit - (to.length() - start) - 16) {
                tooLong.add(field);
                continue;
            }
            to.u16(field.code());
            to.u16(0);
            if (value instanceof Long) {
                to.u32(8);
                to.u64((Long) value);
            } else {
                to.u32(bytes.length);
                to.put(bytes);
                to.pad();
            }
        }
        return tooLong;
    }

    /** A copy of the event without some of its fields, to which the caller may add others. */
    static Event copy(Event event, Set<Field> without) {
        Event copy = new Event(event.type(), event.connection(), event.timeNanos());
        for (int i = 0; i < event.size(); i++) {
            Object value = event.value(i);
            if (without.contains(event.field(i))) {
                continue;
            }
            if (value instanceof Long) {
                copy.put(event.field(i), (long) (Long) value);
            } else if (value instanceof String) {
                copy.put(event.field(i), (String) value);
            } else {
                copy.put(event.field(i), (byte[]) value);
            }
        }
        return copy;
    }
}
