package dev.tlscope.capture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads what {@link EventEncoder} wrote, in either byte order. */
final class EventDecoder {
    private EventDecoder() {}

    /** The event, or null when its version or type is not known. Fields that are not known are left out. */
    static @Nullable Event decode(ByteBuffer body) throws Damage {
        if (body.remaining() < Pcapng.EVENT_HEADER) {
            throw Damage.of("an event block is too short");
        }
        int version = body.getShort() & 0xffff;
        EventType type = EventType.of(body.getShort() & 0xffff);
        if (version != Pcapng.EVENT_VERSION || type == null) {
            return null;
        }
        Event event = new Event(type, body.getLong(), body.getLong());
        while (body.hasRemaining()) {
            if (body.remaining() < 8) {
                throw Damage.of("an event block ends within the head of a field");
            }
            Field field = Field.of(body.getShort() & 0xffff);
            body.getShort();
            int length = body.getInt();
            if (length < 0 || length > body.remaining()) {
                throw Damage.of("a field of " + (length & 0xffffffffL) + " bytes is longer than its event block");
            }
            byte[] value = new byte[length];
            body.get(value);
            for (int pad = -length & 3; pad > 0 && body.hasRemaining(); pad--) {
                body.get();
            }
            if (field != null) {
                put(event, field, value);
            }
        }
        return event;
    }

    private static void put(Event event, Field field, byte[] value) throws Damage {
        switch (field.kind()) {
            case TEXT:
                event.put(field, new String(value, StandardCharsets.UTF_8));
                break;
            case NUMBER:
                if (value.length != 8) {
                    throw Damage.of("the number " + field + " has " + value.length + " bytes");
                }
                event.put(
                        field,
                        ByteBuffer.wrap(value).order(ByteOrder.BIG_ENDIAN).getLong());
                break;
            case BYTES:
                event.put(field, value);
                break;
        }
    }
}
