package dev.tlscope.analyzer.scan;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** Writes numbers and blocks big-endian, as WireReader reads them. */
final class WireWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    WireWriter number(int size, int value) {
        for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) {
            out.write(value >>> shift);
        }
        return this;
    }

    WireWriter bytes(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** Bytes after their length. */
    WireWriter block(int sizeOfLength, byte[] content) {
        return number(sizeOfLength, content.length).bytes(content);
    }

    /** Numbers of two bytes, after the length of the list. */
    WireWriter numbers(int sizeOfLength, List<Integer> values) {
        number(sizeOfLength, 2 * values.size());
        values.forEach(value -> number(2, value));
        return this;
    }

    byte[] toBytes() {
        return out.toByteArray();
    }
}
