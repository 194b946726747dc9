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
    /** Of the whole array that the fields lie in, in their byte order. */
    private ByteBuffer fields = ByteBuffer.wrap(NOTHING);

    private int fieldsFrom;
    private int fieldsLength;
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
                    known, ByteBuffer.wrap(fields(), fieldsFrom, fieldsLength).order(order()));
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
        long value = find(field, Field.Kind.TEXT);
        return value < 0
                ? null
                : new String(fields(), EventDecoder.place(value), EventDecoder.length(value), StandardCharsets.UTF_8);
    }

    /** True for what this JVM sent, and for a failure that it raised; read without decoding the rest. */
    public boolean isSent() {
        return says(Field.DIRECTION, Direction.OUT.text());
    }

    /** True when the first text of that field is that one, of ASCII alone. */
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

    /** False for an event that was made of something else, such as a line of a key log: it has no fields that lie somewhere. */
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

    /** -1 when nothing lies beside the fields. */
    int recordLength() {
        return recordLength;
    }

    /** Where the value lies, as {@link EventDecoder#find} says it; negative when there is none of that kind. */
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

    /** Another event, whose fields and record are said next. */
    void become(EventType newType, long newConnection, long newTimeNanos) {
        type = newType;
        connection = newConnection;
        timeNanos = newTimeNanos;
        event = null;
        inBlock = true;
        recordLength = NO_RECORD;
    }

    /** The fields, which were checked, lie there: in a view of a whole array, which has their byte order. */
    void fields(ByteBuffer in, int from, int length) {
        fields = in;
        fieldsFrom = from;
        fieldsLength = length;
    }

    /** The bytes of the RECORD lie there. */
    void record(byte[] array, int from, int length) {
        record = array;
        recordFrom = from;
        recordLength = length;
    }
}
