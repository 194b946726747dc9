package dev.tlscope.it.cells;

import java.io.ByteArrayOutputStream;

/** Builds a TLS structure: numbers are big-endian, vectors follow their length. */
final class Bytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** A number of that many bytes. */
    Bytes number(int size, int value) {
        for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) {
            out.write(value >> shift);
        }
        return this;
    }

    Bytes raw(byte... bytes) {
        out.write(bytes, 0, bytes.length);
        return this;
    }

    /** A vector whose length has that many bytes. */
    Bytes vector(int sizeOfLength, byte... content) {
        return number(sizeOfLength, content.length).raw(content);
    }

    /** A vector of two-byte numbers. */
    Bytes list(int sizeOfLength, int... numbers) {
        Bytes content = new Bytes();
        for (int number : numbers) {
            content.number(2, number);
        }
        return vector(sizeOfLength, content.done());
    }

    byte[] done() {
        return out.toByteArray();
    }
}
