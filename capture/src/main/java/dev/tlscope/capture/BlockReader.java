package dev.tlscope.capture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Cuts a pcapng stream into blocks, checking their frames; holds one at a time. */
final class BlockReader {
    private static final int FRAME = 12;

    private final InputStream in;
    private ByteOrder order = ByteOrder.BIG_ENDIAN;
    private boolean started;
    private int type;
    private long offset;
    private long bytes;

    BlockReader(InputStream in) {
        this.in = in;
    }

    /** The next block's body without type and lengths, in the section's byte order; null at the end of the file. */
    @Nullable
    ByteBuffer next() throws IOException, Damage {
        offset = bytes;
        byte[] head = new byte[FRAME];
        int got = read(head, 0, FRAME);
        if (got == 0 && started) {
            return null;
        }
        if (!started) {
            checkMagic(head, got);
        }
        if (got < FRAME) {
            throw Damage.of("the file ends within the head of a block");
        }
        ByteBuffer start = ByteBuffer.wrap(head);
        // The number of the section header reads the same in both byte orders, for it tells which one it is.
        if (start.getInt(0) == Pcapng.SECTION_HEADER) {
            order = byteOrder(start.getInt(8));
            started = true;
        }
        start.order(order);
        type = start.getInt(0);
        int length = start.getInt(4);
        if (length < FRAME || length > Pcapng.MAX_BLOCK || (length & 3) != 0) {
            throw Damage.of("block length " + (length & 0xffffffffL) + " is out of range");
        }
        byte[] block = new byte[length - 8];
        System.arraycopy(head, 8, block, 0, 4);
        got = read(block, 4, block.length);
        if (got < block.length) {
            throw Damage.of("the file ends within a block of " + length + " bytes, after " + (got + 8));
        }
        ByteBuffer body = ByteBuffer.wrap(block).order(order);
        if (body.getInt(block.length - 4) != length) {
            throw Damage.of("the two lengths of a block differ");
        }
        body.limit(block.length - 4);
        return body;
    }

    /** Type of the block last read. */
    int type() {
        return type;
    }

    /** Where that block, or the damage, begins. */
    long offset() {
        return offset;
    }

    long bytes() {
        return bytes;
    }

    private static void checkMagic(byte[] head, int got) throws Damage {
        if (got == 0) {
            throw Damage.foreign("the file is empty");
        }
        for (int i = 0; i < Math.min(got, 4); i++) {
            if (head[i] != (byte) (Pcapng.SECTION_HEADER >>> (24 - 8 * i))) {
                throw Damage.foreign("it does not begin with a pcapng section header");
            }
        }
    }

    private static ByteOrder byteOrder(int magic) throws Damage {
        if (magic == Pcapng.BYTE_ORDER_MAGIC) {
            return ByteOrder.BIG_ENDIAN;
        }
        if (magic == Integer.reverseBytes(Pcapng.BYTE_ORDER_MAGIC)) {
            return ByteOrder.LITTLE_ENDIAN;
        }
        throw Damage.of("the section header has no byte-order magic");
    }

    /** Fills up to {@code end}; the result is less at the end of the file. */
    private int read(byte[] into, int from, int end) throws IOException {
        int at = from;
        while (at < end) {
            int count = in.read(into, at, end - at);
            if (count < 0) {
                break;
            }
            at += count;
            bytes += count;
        }
        return at;
    }
}
