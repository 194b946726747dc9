package dev.tlscope.capture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Events of one connection as they lay in the capture, in their order, read when asked for: to keep one costs little more
 * than to copy its bytes.
 */
public final class EventStore {
    /** Type, byte order and kind, time, lengths of fields and record. */
    private static final int HEAD = 20;

    private static final int LITTLE_ENDIAN = 1 << 16;
    private static final int MADE = 1 << 17;
    private static final int LEAST = 1 << 13;
    private static final int MADE_OVERHEAD = 500;

    private final List<Event> made = new ArrayList<>(0);
    private byte[] bytes = new byte[LEAST];
    private int end;
    private long madeBytes;
    private long connection;

    /** Makes it empty, for the events of that connection alone. */
    public void begin(long newConnection) {
        connection = newConnection;
        made.clear();
        madeBytes = 0;
        end = 0;
    }

    /** Adds what the event is now. */
    public void add(CapturedEvent event) {
        int fields = event.isInBlock() ? event.fieldsLength() : 0;
        int record = event.isInBlock() ? event.recordLength() : -1;
        int needed = HEAD + fields + Math.max(0, record);
        if (needed > bytes.length - end) {
            bytes = Arrays.copyOf(bytes, Math.max(end + needed, 2 * bytes.length));
        }
        ByteBuffer.wrap(bytes)
                .putInt(
                        end,
                        event.type().code()
                                | (event.order() == ByteOrder.LITTLE_ENDIAN ? LITTLE_ENDIAN : 0)
                                | (event.isInBlock() ? 0 : MADE))
                .putLong(end + 4, event.timeNanos())
                .putInt(end + 12, fields)
                .putInt(end + 16, record);
        end += HEAD;
        if (!event.isInBlock()) {
            byte[] value = event.event().bytes(Field.BYTES);
            madeBytes += MADE_OVERHEAD + (value == null ? 0 : value.length);
            made.add(event.event());
            return;
        }
        System.arraycopy(event.fields(), event.fieldsFrom(), bytes, end, fields);
        end += fields;
        if (record > 0) {
            System.arraycopy(event.record(), event.recordFrom(), bytes, end, record);
            end += record;
        }
    }

    /** Bytes of memory that it takes, about. */
    public long memory() {
        return bytes.length + madeBytes;
    }

    /** Hands on the events, each where it lies. */
    public void forEach(Consumer<? super CapturedEvent> events) {
        ByteBuffer heads = ByteBuffer.wrap(bytes);
        CapturedEvent at = new CapturedEvent();
        int nextMade = 0;
        for (int from = 0; from < end; ) {
            int head = heads.getInt(from);
            if ((head & MADE) != 0) {
                at.become(made.get(nextMade++));
                events.accept(at);
                from += HEAD;
                continue;
            }
            EventType known = EventType.of(head & 0xffff);
            int fields = heads.getInt(from + 12);
            int record = heads.getInt(from + 16);
            at.become(known == null ? EventType.NOTE : known, connection, heads.getLong(from + 4));
            at.fields(
                    bytes,
                    from + HEAD,
                    fields,
                    (head & LITTLE_ENDIAN) == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
            if (record >= 0) {
                at.record(bytes, from + HEAD + fields, record);
            }
            events.accept(at);
            from += HEAD + fields + Math.max(0, record);
        }
    }
}
