package dev.tlscope.analyzer.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/** Reads a TLS message in wire order, big-endian; checks every length before using it. */
public final class WireReader {
    private final byte[] bytes;
    private final int end;
    private int position;

    private WireReader(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.position = from;
        this.end = to;
    }

    /** Reads all of these bytes. */
    public static WireReader of(byte[] bytes) {
        return new WireReader(bytes, 0, bytes.length);
    }

    /** Reads the bytes between two offsets. */
    public static WireReader of(byte[] bytes, int from, int to) {
        Objects.checkFromToIndex(from, to, bytes.length);
        return new WireReader(bytes, from, to);
    }

    /** Reads the body of a handshake message, after its header of four bytes. */
    public static WireReader body(byte[] message) throws MalformedException {
        WireReader wire = of(message);
        wire.skip(1);
        return wire.block(3);
    }

    public boolean hasMore() {
        return position < end;
    }

    /** Number of bytes left. */
    public int remaining() {
        return end - position;
    }

    /** The underlying array, which must not be changed. */
    public byte[] source() {
        return bytes;
    }

    /** Offset in the message of the next byte. */
    public int position() {
        return position;
    }

    /** Another reader of the remaining bytes. */
    public WireReader again() {
        return new WireReader(bytes, position, end);
    }

    /** A copy of the remaining bytes, which are not consumed. */
    public byte[] copy() {
        return Arrays.copyOfRange(bytes, position, end);
    }

    /** Puts the number of remaining bytes, in two bytes, and the bytes, which are not consumed. */
    public void put(ByteBuffer out) {
        out.putShort((short) remaining()).put(bytes, position, remaining());
    }

    /** Reads an unsigned number of one to three bytes. */
    public int number(int size) throws MalformedException {
        int value = peek(size);
        position += size;
        return value;
    }

    /** Reads an unsigned number without consuming it. */
    public int peek(int size) throws MalformedException {
        need(size);
        int value = 0;
        for (int i = 0; i < size; i++) {
            value = value << 8 | (bytes[position + i] & 0xff);
        }
        return value;
    }

    /** Reads an unsigned number of four bytes. */
    public long uint32() throws MalformedException {
        need(4);
        return (long) number(2) << 16 | number(2);
    }

    public byte[] bytes(int length) throws MalformedException {
        skip(length);
        return Arrays.copyOfRange(bytes, position - length, position);
    }

    public void skip(int length) throws MalformedException {
        need(length);
        position += length;
    }

    /** Reads a part with a length prefix of one to three bytes. */
    public WireReader block(int sizeOfLength) throws MalformedException {
        return part(number(sizeOfLength));
    }

    /** Reads a part of that length. */
    public WireReader part(int length) throws MalformedException {
        skip(length);
        return new WireReader(bytes, position - length, position);
    }

    /** Reads a length of one to three bytes without consuming it; the part that follows must be complete. */
    public int peekLength(int sizeOfLength) throws MalformedException {
        int length = peek(sizeOfLength);
        int present = remaining() - sizeOfLength;
        if (length > present) {
            throw new MalformedException(position, "says " + length + " bytes, has " + present);
        }
        return length;
    }

    /** Reads the remaining bytes. */
    public byte[] rest() {
        byte[] left = copy();
        position = end;
        return left;
    }

    private void need(int length) throws MalformedException {
        if (length > end - position) {
            throw new MalformedException(position, length, end - position);
        }
    }
}
