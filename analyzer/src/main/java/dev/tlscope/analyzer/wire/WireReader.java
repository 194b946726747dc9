package dev.tlscope.analyzer.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/** Reads a TLS message in wire order, big-endian; every length is checked before it is used. */
public final class WireReader {
    private final byte[] bytes;
    private final int end;
    private int position;

    private WireReader(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.position = from;
        this.end = to;
    }

    /** All of these bytes. */
    public static WireReader of(byte[] bytes) {
        return new WireReader(bytes, 0, bytes.length);
    }

    /** Those between two offsets. */
    public static WireReader of(byte[] bytes, int from, int to) {
        Objects.checkFromToIndex(from, to, bytes.length);
        return new WireReader(bytes, from, to);
    }

    /** The body of a handshake message, behind its four bytes of header. */
    public static WireReader body(byte[] message) throws MalformedException {
        WireReader wire = of(message);
        wire.skip(1);
        return wire.block(3);
    }

    public boolean hasMore() {
        return position < end;
    }

    /** Bytes that are left. */
    public int remaining() {
        return end - position;
    }

    /** The bytes that it reads from; not to be changed. */
    public byte[] source() {
        return bytes;
    }

    /** Offset within the message of what is read next. */
    public int position() {
        return position;
    }

    /** Another reader of what is left here. */
    public WireReader again() {
        return new WireReader(bytes, position, end);
    }

    /** What is left, without reading it. */
    public byte[] copy() {
        return Arrays.copyOfRange(bytes, position, end);
    }

    /** Puts the number of bytes left, in two bytes, and those bytes, without reading them. */
    public void put(ByteBuffer out) {
        out.putShort((short) remaining()).put(bytes, position, remaining());
    }

    /** An unsigned number of one to three bytes. */
    public int number(int size) throws MalformedException {
        int value = peek(size);
        position += size;
        return value;
    }

    /** The same, which stays to be read. */
    public int peek(int size) throws MalformedException {
        need(size);
        int value = 0;
        for (int i = 0; i < size; i++) {
            value = value << 8 | (bytes[position + i] & 0xff);
        }
        return value;
    }

    /** An unsigned number of four bytes. */
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

    /** A part that its length precedes; the length itself has one to three bytes. */
    public WireReader block(int sizeOfLength) throws MalformedException {
        return part(number(sizeOfLength));
    }

    /** A part of that length. */
    public WireReader part(int length) throws MalformedException {
        skip(length);
        return new WireReader(bytes, position - length, position);
    }

    /** A length of one to three bytes, which stays to be read, as does the part that it precedes and that must be there. */
    public int peekLength(int sizeOfLength) throws MalformedException {
        int length = peek(sizeOfLength);
        int present = remaining() - sizeOfLength;
        if (length > present) {
            throw new MalformedException(position, "says " + length + " bytes, has " + present);
        }
        return length;
    }

    /** What is left. */
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
