package dev.tlscope.capture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An event in the reader's buffer. Its header is decoded; its fields are checked, but decoded only when they are read.
 * The reader reuses the object after the call that passes it; {@link EventStore} keeps a copy.
 */
public final class CapturedEvent {
    private static final byte[] NOTHING = {};
    private static final int NO_RECORD = -1;

    private EventType type = EventType.NOTE;
    private long connection;
    private long timeNanos;
    /** The whole array that contains the fields, in their byte order. */
    private ByteBuffer fields = ByteBuffer.wrap(NOTHING);

    private int fieldsFrom;
    private int fieldsLength;
    private byte[] record = NOTHING;
    private int recordFrom;
    private int recordLength = NO_RECORD;
    private @Nullable Event event;
    private boolean inBlock;

    CapturedEvent() {}

    /** Wraps an event that is not in a reader's buffer. */
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

    /** The decoded event, which later changes of this object do not affect; decoded at the first call. */
    public Event event() {
        Event known = event;
        if (known == null) {
            known = new Event(type, connection, timeNanos);
            EventDecoder.put(
                    known, ByteBuffer.wrap(fields(), fieldsFrom, fieldsLength).order(order()));
            if (recordLength != NO_RECORD) {
                known.put(Field.BYTES, Arrays.copyOfRange(record, recordFrom, recordFrom + recordLength));
            }
            event = known;
        }
        return known;
    }

    /**
     * The first text of that field, or null. Only this field is decoded, unless the whole event was decoded before;
     * this is also true of {@link #number} and {@link #bytes}.
     */
    public @Nullable String text(Field field) {
        if (event != null) {
            return event.text(field);
        }
        long value = find(field, Field.Kind.TEXT);
        return value < 0
                ? null
                : new String(fields(), EventDecoder.place(value), EventDecoder.length(value), StandardCharsets.UTF_8);
    }

    /** True for what this JVM sent, and for a failure that it raised; decodes no other field. */
    public boolean isSent() {
        return says(Field.DIRECTION, Direction.OUT.text());
    }

    /** True when the first text of that field equals this ASCII text. */
    public boolean says(Field field, String ascii) {
        if (event != null) {
            return ascii.equals(event.text(field));
        }
        long value = find(field, Field.Kind.TEXT);
        if (value < 0 || EventDecoder.length(value) != ascii.length()) {
            return false;
        }
        int place = EventDecoder.place(value);
        for (int i = 0; i < ascii.length(); i++) {
            if (fields.get(place + i) != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The first number of that field, or {@code absent}. */
    public long number(Field field, long absent) {
        if (event != null) {
            return event.number(field, absent);
        }
        long value = find(field, Field.Kind.NUMBER);
        return value < 0 ? absent : EventDecoder.number(fields, EventDecoder.place(value));
    }

    /** The first bytes of that field, or null. */
    public byte @Nullable [] bytes(Field field) {
        if (event != null) {
            return event.bytes(field);
        }
        long value = find(field, Field.Kind.BYTES);
        if (value >= 0) {
            int place = EventDecoder.place(value);
            return Arrays.copyOfRange(fields(), place, place + EventDecoder.length(value));
        }
        return field == Field.BYTES && recordLength != NO_RECORD
                ? Arrays.copyOfRange(record, recordFrom, recordFrom + recordLength)
                : null;
    }

    /** The length of the first byte string of that field, without copying it; -1 if there is none. */
    public int lengthOf(Field field) {
        if (event != null) {
            byte[] bytes = event.bytes(field);
            return bytes == null ? -1 : bytes.length;
        }
        long value = find(field, Field.Kind.BYTES);
        if (value >= 0) {
            return EventDecoder.length(value);
        }
        return field == Field.BYTES ? recordLength : -1;
    }

    /**
     * False for an event that was made from something else, such as a line of a key log: it has no fields in the
     * buffer.
     */
    boolean isInBlock() {
        return inBlock;
    }

    byte[] fields() {
        return fields.array();
    }

    int fieldsFrom() {
        return fieldsFrom;
    }

    int fieldsLength() {
        return fieldsLength;
    }

    ByteOrder order() {
        return fields.order();
    }

    byte[] record() {
        return record;
    }

    int recordFrom() {
        return recordFrom;
    }

    /** The record's length; -1 when the event has no record beside its fields. */
    int recordLength() {
        return recordLength;
    }

    /**
     * The location of the value, as {@link EventDecoder#find} returns it; negative when the event has no such value.
     */
    private long find(Field field, Field.Kind kind) {
        return field.kind() == kind
                ? EventDecoder.find(field, fields, fieldsFrom, fieldsFrom + fieldsLength)
                : EventDecoder.NOWHERE;
    }

    void become(Event made) {
        become(made.type(), made.connection(), made.timeNanos());
        event = made;
        inBlock = false;
    }

    /** Makes this object another event, whose fields and record are set next. */
    void become(EventType newType, long newConnection, long newTimeNanos) {
        type = newType;
        connection = newConnection;
        timeNanos = newTimeNanos;
        event = null;
        inBlock = true;
        recordLength = NO_RECORD;
    }

    /** Sets where the fields are. They have been checked; {@code in} is a view of a whole array in their byte order. */
    void fields(ByteBuffer in, int from, int length) {
        fields = in;
        fieldsFrom = from;
        fieldsLength = length;
    }

    /** Sets where the bytes of the RECORD are. */
    void record(byte[] array, int from, int length) {
        record = array;
        recordFrom = from;
        recordLength = length;
    }
}
