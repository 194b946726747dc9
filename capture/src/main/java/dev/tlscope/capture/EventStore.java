package dev.tlscope.capture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * The events of one connection in encoded form and in order, decoded only on demand: storing an event costs little more
 * than copying its bytes.
 */
public final class EventStore {
    private static final int LITTLE_ENDIAN = 1 << 16;
    private static final int MADE = 1 << 17;
    private static final int LEAST = 1 << 13;
    private static final int LEAST_EVENTS = 1 << 6;
    private static final int MADE_OVERHEAD = 500;

    /** Longs in a header: type, byte order, kind and length of the record; time; offset and length of the fields. */
    private static final int HEAD = 3;

    private final List<Event> made = new ArrayList<>(0);
    /** Kept apart from the bytes, so that a search for a few events skips the others without touching their fields. */
    private long[] heads = new long[HEAD * LEAST_EVENTS];

    private int headsEnd;
    private byte[] bytes = new byte[LEAST];
    private int end;
    private long madeBytes;
    private long connection;

    /** Empties the store, for the events of another connection. */
    public void begin(long newConnection) {
        connection = newConnection;
        made.clear();
        madeBytes = 0;
        headsEnd = 0;
        end = 0;
    }

    /** Adds a copy of the event. */
    public void add(CapturedEvent event) {
        if (!event.isInBlock()) {
            byte[] value = event.event().bytes(Field.BYTES);
            madeBytes += MADE_OVERHEAD + (value == null ? 0 : value.length);
            made.add(event.event());
            addHead(event, MADE, 0, -1);
            return;
        }
        int fields = event.fieldsLength();
        int record = event.recordLength();
        int needed = fields + Math.max(0, record);
        if (needed > bytes.length - end) {
            bytes = Arrays.copyOf(bytes, Math.max(end + needed, 2 * bytes.length));
        }
        addHead(event, event.order() == ByteOrder.LITTLE_ENDIAN ? LITTLE_ENDIAN : 0, fields, record);
        System.arraycopy(event.fields(), event.fieldsFrom(), bytes, end, fields);
        end += fields;
        if (record > 0) {
            System.arraycopy(event.record(), event.recordFrom(), bytes, end, record);
            end += record;
        }
    }

    /** Memory that it takes, in bytes, approximately. */
    public long memory() {
        return bytes.length + (long) Long.BYTES * heads.length + madeBytes;
    }

    /** Passes all events to the consumer, without decoding them. */
    public void forEach(Consumer<? super CapturedEvent> events) {
        ByteBuffer bigEndian = ByteBuffer.wrap(bytes);
        ByteBuffer littleEndian = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        CapturedEvent at = new CapturedEvent();
        int nextMade = 0;
        for (int head = 0; head < headsEnd; head += HEAD) {
            int kind = (int) (heads[head] >>> 32);
            if ((kind & MADE) != 0) {
                at.become(made.get(nextMade++));
                events.accept(at);
                continue;
            }
            EventType known = EventType.of(kind & 0xffff);
            int record = (int) heads[head];
            int from = (int) (heads[head + 2] >>> 32);
            int fields = (int) heads[head + 2];
            at.become(known == null ? EventType.NOTE : known, connection, heads[head + 1]);
            at.fields((kind & LITTLE_ENDIAN) == 0 ? bigEndian : littleEndian, from, fields);
            if (record >= 0) {
                at.record(bytes, from + fields, record);
            }
            events.accept(at);
        }
    }

    private void addHead(CapturedEvent event, int kind, int fields, int record) {
        if (headsEnd == heads.length) {
            heads = Arrays.copyOf(heads, 2 * heads.length);
        }
        heads[headsEnd] = (long) (event.type().code() | kind) << 32 | (record & 0xffffffffL);
        heads[headsEnd + 1] = event.timeNanos();
        heads[headsEnd + 2] = (long) end << 32 | fields;
        headsEnd += HEAD;
    }
}
