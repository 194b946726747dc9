package dev.tlscope.capture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Splits a pcapng stream into blocks and checks their frames. It reads many blocks at a time and does not copy them.
 */
final class BlockReader {
    private static final int FRAME = 12;
    private static final int USUAL_BUFFER = 1 << 18;

    /** With which DER begins when some hundred bytes follow: the first segment of a sealed file. */
    private static final byte SEQUENCE = 0x30;

    private static final byte TWO_OCTETS_LONG = (byte) 0x82;

    private final InputStream in;
    private byte[] buffer = new byte[USUAL_BUFFER];
    private ByteBuffer view = ByteBuffer.wrap(buffer);
    /** Offsets in the buffer: where the next block begins, and where the bytes read so far end. */
    private int next;

    private int end;
    private boolean started;
    private int type;
    private long offset;
    private long bytes;

    BlockReader(InputStream in) {
        this.in = in;
    }

    /**
     * The next block's body without type and lengths, in the section's byte order; null at the end of the file. Bytes
     * outside the buffer's position and limit belong to other blocks. The next call overwrites the content.
     */
    @Nullable
    ByteBuffer next() throws IOException, Damage {
        offset = bytes - (end - next);
        int got = have(FRAME);
        if (got == 0 && started) {
            return null;
        }
        if (!started) {
            checkMagic(got);
        }
        if (got < FRAME) {
            throw Damage.of("the file ends within the head of a block");
        }
        // The type of a section header is a palindrome, the same in both byte orders, because it comes before the
        // byte-order magic.
        if (view.getInt(next) == Pcapng.SECTION_HEADER) {
            view.order(ByteOrder.BIG_ENDIAN);
            view.order(byteOrder(view.getInt(next + 8)));
            started = true;
        }
        type = view.getInt(next);
        int length = view.getInt(next + 4);
        if (length < FRAME || length > Pcapng.MAX_BLOCK || (length & 3) != 0) {
            throw Damage.of("block length " + (length & 0xffffffffL) + " is out of range");
        }
        got = have(length);
        if (got < length) {
            throw Damage.of("the file ends within a block of " + length + " bytes, after " + got);
        }
        if (view.getInt(next + length - 4) != length) {
            throw Damage.of("the two lengths of a block differ");
        }
        view.limit(next + length - 4).position(next + 8);
        next += length;
        return view;
    }

    /** The type of the block read last. */
    int type() {
        return type;
    }

    /** The offset in the file where that block, or the damage, begins. */
    long offset() {
        return offset;
    }

    /** The number of bytes read or skipped so far. */
    long bytes() {
        return bytes;
    }

    private void checkMagic(int got) throws Damage {
        if (got == 0) {
            throw Damage.foreign("the file is empty");
        }
        if (got >= 2 && buffer[next] == SEQUENCE && buffer[next + 1] == TWO_OCTETS_LONG) {
            throw Damage.foreign("it begins like a sealed one, which tlscope open decrypts");
        }
        for (int i = 0; i < Math.min(got, 4); i++) {
            if (buffer[next + i] != (byte) (Pcapng.SECTION_HEADER >>> (24 - 8 * i))) {
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

    /**
     * Makes sure that {@code wanted} bytes from the beginning of the next block are in the buffer. The result is at
     * most {@code wanted}, and less at the end of the file. It does not wait for more bytes than that.
     */
    private int have(int wanted) throws IOException {
        if (end - next < wanted) {
            makeRoom(wanted);
            while (end < wanted) {
                int count = in.read(buffer, end, buffer.length - end);
                if (count < 0) {
                    break;
                }
                end += count;
                bytes += count;
            }
        }
        view.clear();
        return Math.min(wanted, end - next);
    }

    /**
     * Moves the remaining bytes to the beginning of the buffer. A buffer that had to grow is replaced by a smaller one
     * when possible.
     */
    private void makeRoom(int wanted) {
        int left = end - next;
        int size = Math.max(USUAL_BUFFER, wanted);
        byte[] old = buffer;
        if (size > buffer.length || (size < buffer.length && left <= size)) {
            buffer = new byte[size];
            view = ByteBuffer.wrap(buffer).order(view.order());
        }
        System.arraycopy(old, next, buffer, 0, left);
        end = left;
        next = 0;
    }
}
