package dev.tlscope.it.raw;

import java.util.Arrays;

/** Reads what {@link OctetWriter} writes, for messages of JSSE, which are well-formed. */
final class OctetReader {
    private final byte[] bytes;
    private int at;

    OctetReader(byte... bytes) {
        this.bytes = bytes;
    }

    int number(int length) {
        int value = 0;
        for (int i = 0; i < length; i++) {
            value = (value << 8) | (bytes[at++] & 0xff);
        }
        return value;
    }

    byte[] raw(int length) {
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    byte[] vector(int lengthBytes) {
        return raw(number(lengthBytes));
    }

    boolean isAtEnd() {
        return at >= bytes.length;
    }
}
