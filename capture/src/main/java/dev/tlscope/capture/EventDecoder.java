package dev.tlscope.capture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Decodes what {@link EventEncoder} wrote, in either byte order. */
final class EventDecoder {
    static final long NOWHERE = -1;

    private EventDecoder() {}

    /** The event, or null for an unknown version or type. Unknown fields are skipped. */
    static @Nullable Event decode(ByteBuffer body) throws Damage {
        EventType type = type(body);
        if (type == null) {
            return null;
        }
        Event event = new Event(type, body.getLong(), body.getLong());
        check(body.duplicate().order(body.order()));
        put(event, body);
        return event;
    }

    /** Adds the fields from the position to the limit, which were checked before. */
    static void put(Event event, ByteBuffer fields) {
        while (fields.hasRemaining()) {
            Field field = Field.of(fields.getShort() & 0xffff);
            fields.getShort();
            int length = fields.getInt();
            if (field != null) {
                put(event, field, fields, length);
            }
            skip(fields, length);
        }
    }

    /**
     * Finds the first value of a field among checked fields between two offsets. {@link #place} and {@link #length}
     * split the result; it is {@link #NOWHERE} when there is none.
     */
    static long find(Field field, ByteBuffer fields, int from, int to) {
        int code = field.code();
        for (int at = from; at < to; ) {
            int length = fields.getInt(at + 4);
            if ((fields.getShort(at) & 0xffff) == code) {
                return (long) (at + 8) << 32 | length;
            }
            at += 8 + length + (-length & 3);
        }
        return NOWHERE;
    }

    static int place(long found) {
        return (int) (found >>> 32);
    }

    static int length(long found) {
        return (int) found;
    }

    /** Reads a number, which is big-endian in either byte order. */
    static long number(ByteBuffer fields, int place) {
        long number = fields.getLong(place);
        return fields.order() == ByteOrder.BIG_ENDIAN ? number : Long.reverseBytes(number);
    }

    /** Reads an event's header up to the connection, and returns the type; null for an unknown version or type. */
    static @Nullable EventType type(ByteBuffer body) throws Damage {
        if (body.remaining() < Pcapng.EVENT_HEADER) {
            throw Damage.of("an event block is too short");
        }
        int version = body.getShort() & 0xffff;
        EventType type = EventType.of(body.getShort() & 0xffff);
        return version == Pcapng.EVENT_VERSION ? type : null;
    }

    /**
     * Checks the fields from the position to the limit without decoding them; true when {@link Field#BYTES} is among
     * them.
     */
    static boolean check(ByteBuffer fields) throws Damage {
        boolean bytes = false;
        int at = fields.position();
        int end = fields.limit();
        // Absolute offsets, not relative reads: a large part of the reader's time is spent here.
        while (at < end) {
            if (end - at < 8) {
                throw Damage.of("an event block ends within the head of a field");
            }
            Field field = Field.of(fields.getShort(at) & 0xffff);
            int length = fields.getInt(at + 4);
            at += 8;
            if (length < 0 || length > end - at) {
                throw Damage.of("a field of " + (length & 0xffffffffL) + " bytes is longer than its event block");
            }
            if (field != null && field.kind() == Field.Kind.NUMBER && length != 8) {
                throw Damage.of("the number " + field + " has " + length + " bytes");
            }
            bytes |= field == Field.BYTES;
            at += length + (-length & 3);
        }
        return bytes;
    }

    private static void skip(ByteBuffer fields, int length) {
        fields.position(Math.min(fields.limit(), fields.position() + length + (-length & 3)));
    }

    /** Adds the value that begins at the position, which does not move. */
    private static void put(Event event, Field field, ByteBuffer body, int length) {
        int from = body.arrayOffset() + body.position();
        switch (field.kind()) {
            case TEXT:
                event.put(field, new String(body.array(), from, length, StandardCharsets.UTF_8));
                break;
            case NUMBER:
                event.put(field, number(body, body.position()));
                break;
            case BYTES:
                event.put(field, Arrays.copyOfRange(body.array(), from, from + length));
                break;
        }
    }
}
