package dev.tlscope.capture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Reassembles a RECORD whose bytes are in the packets after its event. One object serves all records in turn. */
final class RecordParts {
    private byte[] bytes = new byte[1 << 15];
    private ByteBuffer view = ByteBuffer.wrap(bytes);
    private int fields;
    private int end;
    private boolean open;
    private long connection;
    private long timeNanos;
    private ByteOrder order = ByteOrder.BIG_ENDIAN;

    /** Starts with a RECORD's event. */
    void open(CapturedEvent event) {
        connection = event.connection();
        timeNanos = event.timeNanos();
        order = event.order();
        end = 0;
        append(event.fields(), event.fieldsFrom(), event.fieldsLength());
        fields = end;
        open = true;
    }

    /** True while packets are missing. */
    boolean isOpen() {
        return open;
    }

    /** Adds the body of an Enhanced Packet Block; true when it was the last. */
    boolean add(ByteBuffer packet) throws Damage {
        PacketPayload payload = PacketPayload.of(packet);
        if (payload.length() > Pcapng.MAX_BLOCK - (end - fields)) {
            throw Damage.of("a RECORD is over " + Pcapng.MAX_BLOCK + " bytes long");
        }
        append(payload.array(), payload.start(), payload.length());
        open = !payload.last();
        return !open;
    }

    /** Sets the event to the reassembled record, which is valid until the next call of {@link #open}. */
    void deliver(CapturedEvent to) {
        to.become(EventType.RECORD, connection, timeNanos);
        to.fields(view.order(order), 0, fields);
        to.record(bytes, fields, end - fields);
    }

    private void append(byte[] from, int start, int length) {
        if (length > bytes.length - end) {
            bytes = Arrays.copyOf(bytes, Math.max(end + length, 2 * bytes.length));
            view = ByteBuffer.wrap(bytes);
        }
        System.arraycopy(from, start, bytes, end, length);
        end += length;
    }
}
