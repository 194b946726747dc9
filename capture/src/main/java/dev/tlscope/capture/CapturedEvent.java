package dev.tlscope.capture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An event where it lies in the reader's memory: its head is known, its fields are checked but not read until asked for. It
 * is another one after the call that it was handed to; {@link EventStore} keeps it.
 */
public final class CapturedEvent {
    private static final byte[] NOTHING = {};
    private static final int NO_RECORD = -1;

    private EventType type = EventType.NOTE;
    private long connection;
    private long timeNanos;
    private byte[] fields = NOTHING;
    private int fieldsFrom;
    private int fieldsLength;
    private ByteOrder order = ByteOrder.BIG_ENDIAN;
    private byte[] record = NOTHING;
    private int recordFrom;
    private int recordLength = NO_RECORD;
    private @Nullable Event event;
    private boolean inBlock;

    CapturedEvent() {}

    /** An event that lies nowhere. */
    public static CapturedEvent of(Event event) {
        CapturedEvent captured = new CapturedEvent();
        captured.become(event);
        return captured;
    }

    public EventType type() {
        return type;
    }

    /** Number of the connection within the capture, from 1; 0 for the capture itself. */
    public long connection() {
        return connection;
    }

    /** Nanoseconds since 1970-01-01T00:00:00Z. */
    public long timeNanos() {
        return timeNanos;
    }

    /** The event with its values, which stays as it is; read at the first call. */
    public Event event() {
        Event known = event;
        if (known == null) {
            known = new Event(type, connection, timeNanos);
            EventDecoder.put(
                    known, ByteBuffer.wrap(fields, fieldsFrom, fieldsLength).order(order));
            if (recordLength != NO_RECORD) {
                known.put(Field.BYTES, Arrays.copyOfRange(record, recordFrom, recordFrom + recordLength));
            }
            event = known;
        }
        return known;
    }

    /**
     * The first text of that field, or null; read alone, unless the event was read before. The same goes for {@link #number} and
     * {@link #bytes}.
     */
    public @Nullable String text(Field field) {
        if (event != null) {
            return event.text(field);
        }
        ByteBuffer value = find(field, Field.Kind.TEXT);
        return value == null ? null : new String(fields, value.position(), value.remaining(), StandardCharsets.UTF_8);
    }

    /** The first number of that field, or {@code absent}. */
    public long number(Field field, long absent) {
        if (event != null) {
            return event.number(field, absent);
        }
        ByteBuffer value = find(field, Field.Kind.NUMBER);
        return value == null ? absent : value.order(ByteOrder.BIG_ENDIAN).getLong();
    }

    /** The first bytes of that field, or null. */
    public byte @Nullable [] bytes(Field field) {
        if (event != null) {
            return event.bytes(field);
        }
        ByteBuffer value = find(field, Field.Kind.BYTES);
        if (value != null) {
            return Arrays.copyOfRange(fields, value.position(), value.limit());
        }
        return field == Field.BYTES && recordLength != NO_RECORD
                ? Arrays.copyOfRange(record, recordFrom, recordFrom + recordLength)
                : null;
    }

    /** False for an event that was made of something else, such as a line of a key log: it has no fields that lie somewhere. */
    boolean isInBlock() {
        return inBlock;
    }

    byte[] fields() {
        return fields;
    }

    int fieldsFrom() {
        return fieldsFrom;
    }

    int fieldsLength() {
        return fieldsLength;
    }

    ByteOrder order() {
        return order;
    }

    byte[] record() {
        return record;
    }

    int recordFrom() {
        return recordFrom;
    }

    /** -1 when nothing lies beside the fields. */
    int recordLength() {
        return recordLength;
    }

    /** Where the value lies; null when there is none of that kind. */
    private @Nullable ByteBuffer find(Field field, Field.Kind kind) {
        return field.kind() == kind
                ? EventDecoder.find(
                        field, ByteBuffer.wrap(fields, fieldsFrom, fieldsLength).order(order))
                : null;
    }

    void become(Event made) {
        become(made.type(), made.connection(), made.timeNanos());
        event = made;
        inBlock = false;
    }

    /** Another event, whose fields and record are said next. */
    void become(EventType newType, long newConnection, long newTimeNanos) {
        type = newType;
        connection = newConnection;
        timeNanos = newTimeNanos;
        event = null;
        inBlock = true;
        recordLength = NO_RECORD;
    }

    /** The fields, which were checked, lie there. */
    void fields(byte[] array, int from, int length, ByteOrder newOrder) {
        fields = array;
        fieldsFrom = from;
        fieldsLength = length;
        order = newOrder;
    }

    /** The bytes of the RECORD lie there. */
    void record(byte[] array, int from, int length) {
        record = array;
        recordFrom = from;
        recordLength = length;
    }
}
