package dev.tlscope.analyzer.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;

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
    public int length() {
        return end - position;
    }

    /** The same once more, to be read from here on beside this. */
    public WireReader again() {
        return new WireReader(bytes, position, end);
    }

    /** What is left, without reading it. */
    public byte[] copy() {
        return Arrays.copyOfRange(bytes, position, end);
    }

    /** Puts how much is left, in two bytes, and that, without reading it. */
    public void put(ByteBuffer out) {
        out.putShort((short) length()).put(bytes, position, length());
    }

    /** Offset within the message of what is read next. */
    public int position() {
        return position;
    }

    /** An unsigned number of one to three bytes. */
    public int number(int size) throws MalformedException {
        need(size);
        int value = 0;
        for (int i = 0; i < size; i++) {
            value = value << 8 | (bytes[position++] & 0xff);
        }
        return value;
    }

    public byte[] bytes(int length) throws MalformedException {
        need(length);
        position += length;
        return Arrays.copyOfRange(bytes, position - length, position);
    }

    public void skip(int length) throws MalformedException {
        need(length);
        position += length;
    }

    /** A part that its length precedes; the length itself has one to three bytes. */
    public WireReader block(int sizeOfLength) throws MalformedException {
        int length = number(sizeOfLength);
        need(length);
        position += length;
        return new WireReader(bytes, position - length, position);
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
