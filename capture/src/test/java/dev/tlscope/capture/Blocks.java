package dev.tlscope.capture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Blocks of a capture from another writer: in either byte order, with content that this version does not know. */
final class Blocks {
    private Blocks() {}

    static byte[] section(ByteOrder order) {
        ByteBuffer body = ByteBuffer.allocate(16).order(order);
        body.putInt(Pcapng.BYTE_ORDER_MAGIC)
                .putShort((short) 1)
                .putShort((short) 0)
                .putLong(-1);
        return block(order, Pcapng.SECTION_HEADER, body.array());
    }

    /** An event with one field, of connection 5 at time 6. */
    static byte[] event(ByteOrder order, int version, int type, int field, byte[] value) {
        ByteBuffer body = ByteBuffer.allocate(28 + (value.length + 3 & ~3)).order(order);
        body.putShort((short) version).putShort((short) type).putLong(5).putLong(6);
        body.putShort((short) field).putShort((short) 0).putInt(value.length).put(value);
        return block(order, Pcapng.EVENT, body.array());
    }

    static byte[] block(ByteOrder order, int type, byte[] body) {
        int length = body.length + 12;
        return ByteBuffer.allocate(length)
                .order(order)
                .putInt(type)
                .putInt(length)
                .put(body)
                .putInt(length)
                .array();
    }

    static byte[] concat(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(
                Arrays.stream(parts).mapToInt(part -> part.length).sum());
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }
}
