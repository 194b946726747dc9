package dev.tlscope.capture;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Builds pcapng blocks, big-endian. Secrets pass through it, so it zeroes every array that it releases. */
final class BlockBuffer {
    private static final int INITIAL = 1 << 13;
    private static final int KEEP = 1 << 18;

    private byte[] bytes = new byte[INITIAL];
    private int length;
    private int block;

    void begin(int type) {
        block = length;
        u32(type);
        u32(0);
    }

    void end() {
        pad();
        int total = length + 4 - block;
        u32(total);
        int end = length;
        length = block + 4;
        u32(total);
        length = end;
    }

    void option(int code, byte[] value) {
        u16(code);
        u16(value.length);
        put(value);
        pad();
    }

    void u8(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
    }

    void u16(int value) {
        u8(value >>> 8);
        u8(value);
    }

    void u32(int value) {
        u16(value >>> 16);
        u16(value);
    }

    void u64(long value) {
        u32((int) (value >>> 32));
        u32((int) value);
    }

    void put(byte[] from) {
        put(from, 0, from.length);
    }

    void put(byte[] from, int offset, int count) {
        reserve(count);
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
    }

    void hex(byte[] from) {
        for (byte b : from) {
            u8(Character.forDigit(b >> 4 & 0xf, 16));
            u8(Character.forDigit(b & 0xf, 16));
        }
    }

    /**
     * Zeroes up to the next multiple of four. The length of every block is a multiple of four, so this also holds
     * within a block.
     */
    void pad() {
        while ((length & 3) != 0) {
            u8(0);
        }
    }

    void setU16(int at, int value) {
        bytes[at] = (byte) (value >>> 8);
        bytes[at + 1] = (byte) value;
    }

    /** The sum of the 16-bit words in a range, for the Internet checksum (RFC 1071). */
    long sum(int from, int to) {
        long sum = 0;
        for (int i = from; i < to; i += 2) {
            sum += (bytes[i] & 0xff) << 8 | (i + 1 < to ? bytes[i + 1] & 0xff : 0);
        }
        return sum;
    }

    int length() {
        return length;
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, length);
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }

    void wipe() {
        Arrays.fill(bytes, 0, length, (byte) 0);
        length = 0;
        if (bytes.length > KEEP) {
            bytes = new byte[INITIAL];
        }
    }

    private void reserve(int count) {
        if (bytes.length - length < count) {
            byte[] old = bytes;
            bytes = Arrays.copyOf(old, Math.max(2 * old.length, length + count));
            Arrays.fill(old, (byte) 0);
        }
    }
}
