package dev.tlscope.seal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** DER (X.690) as far as an AuthEnvelopedData needs it: definite lengths, tags of one octet. */
final class CmsDer {
    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int OCTET_STRING = 0x04;
    static final int OBJECT_IDENTIFIER = 0x06;
    static final int SEQUENCE = 0x30;
    static final int SET = 0x31;

    /** {@code [0]}, of a primitive type and IMPLICIT. */
    static final int IMPLICIT_0 = 0x80;

    /** {@code [0]} and {@code [1]}, EXPLICIT. */
    static final int EXPLICIT_0 = 0xa0;

    static final int EXPLICIT_1 = 0xa1;

    private CmsDer() {}

    /** An element whose content is these parts. */
    static byte[] element(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.write(part, 0, part.length);
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(tag);
        length(all, content.size());
        byte[] bytes = content.toByteArray();
        all.write(bytes, 0, bytes.length);
        return all.toByteArray();
    }

    static byte[] sequence(byte[]... parts) {
        return element(SEQUENCE, parts);
    }

    /** An INTEGER from 0 to 127. */
    static byte[] small(int value) {
        return element(INTEGER, new byte[] {(byte) value});
    }

    static byte[] object(int... arcs) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.write(40 * arcs[0] + arcs[1]);
        for (int arc : Arrays.copyOfRange(arcs, 2, arcs.length)) {
            for (int shift = 28; shift > 0; shift -= 7) {
                if (arc >>> shift != 0) {
                    content.write(0x80 | ((arc >>> shift) & 0x7f));
                }
            }
            content.write(arc & 0x7f);
        }
        return element(OBJECT_IDENTIFIER, content.toByteArray());
    }

    /**
     * Takes the next element from a buffer.
     *
     * @return its content
     * @throws IllegalArgumentException when the element has another tag, or does not parse
     */
    static ByteBuffer take(ByteBuffer from, int tag) {
        if (!from.hasRemaining() || (from.get(from.position()) & 0xff) != tag) {
            throw new IllegalArgumentException("element " + Integer.toHexString(tag) + " is missing");
        }
        from.get();
        int length = length(from);
        if (length < 0 || length > from.remaining()) {
            throw new IllegalArgumentException("element " + Integer.toHexString(tag) + " is cut short");
        }
        ByteBuffer content = from.slice();
        ((java.nio.Buffer) content).limit(length);
        ((java.nio.Buffer) from).position(from.position() + length);
        return content;
    }

    /** Takes the next element as it is, with tag and length. */
    static byte[] whole(ByteBuffer from, int tag) {
        ByteBuffer before = from.duplicate();
        take(from, tag);
        byte[] element = new byte[from.position() - before.position()];
        before.get(element);
        return element;
    }

    private static void length(ByteArrayOutputStream to, int length) {
        if (length < 0x80) {
            to.write(length);
            return;
        }
        int octets = length > 0xffffff ? 4 : length > 0xffff ? 3 : length > 0xff ? 2 : 1;
        to.write(0x80 | octets);
        for (int shift = 8 * (octets - 1); shift >= 0; shift -= 8) {
            to.write(length >>> shift);
        }
    }

    private static int length(ByteBuffer from) {
        if (!from.hasRemaining()) {
            return -1;
        }
        int first = from.get() & 0xff;
        int octets = first & 0x7f;
        if (first < 0x80) {
            return first;
        }
        if (octets == 0 || octets > 3 || octets > from.remaining()) {
            return -1;
        }
        int length = 0;
        for (int i = 0; i < octets; i++) {
            length = (length << 8) | (from.get() & 0xff);
        }
        return length;
    }
}
