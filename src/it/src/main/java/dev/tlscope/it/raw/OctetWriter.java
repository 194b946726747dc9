package dev.tlscope.it.raw;

import java.io.ByteArrayOutputStream;

/** Bytes in the presentation language of TLS: numbers in network order and vectors with their length (RFC 8446, 3). */
final class OctetWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** A number of that many bytes; higher bits are cut off, so that a case can write a wrong length. */
    OctetWriter number(int bytes, long value) {
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            out.write((int) (value >>> shift));
        }
        return this;
    }

    OctetWriter raw(byte... bytes) {
        out.write(bytes, 0, bytes.length);
        return this;
    }

    /** A vector after a length of that many bytes. */
    OctetWriter vector(int lengthBytes, byte... content) {
        return number(lengthBytes, content.length).raw(content);
    }

    /** A vector of numbers of two bytes each. */
    OctetWriter list(int lengthBytes, int... elements) {
        number(lengthBytes, 2L * elements.length);
        for (int element : elements) {
            number(2, element);
        }
        return this;
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    static byte[] joined(byte[]... parts) {
        OctetWriter all = new OctetWriter();
        for (byte[] part : parts) {
            all.raw(part);
        }
        return all.bytes();
    }

    /** Bytes from hexadecimal digits; spaces are ignored. */
    static byte[] hex(String digits) {
        String bare = digits.replace(" ", "");
        byte[] bytes = new byte[bare.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(bare.substring(2 * i, 2 * i + 2), 16);
        }
        return bytes;
    }
}
