package dev.tlscope.analyzer.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An element of DER (X.690, 8.1), of which certificates and private keys consist.
 *
 * @param tag the identifier octet
 * @param content the contents octets, read only
 */
public record Der(int tag, ByteBuffer content) {
    public static final int INTEGER = 0x02;
    public static final int OCTET_STRING = 0x04;
    public static final int OBJECT_IDENTIFIER = 0x06;
    public static final int SEQUENCE = 0x30;

    /** The content of an extension's OCTET STRING; empty without an extension, or if it does not parse. */
    public static List<Der> extension(byte @Nullable [] value) {
        return value == null
                ? List.of()
                : elements(ByteBuffer.wrap(value)).stream()
                        .filter(element -> element.tag == OCTET_STRING)
                        .findFirst()
                        .map(Der::children)
                        .orElse(List.of());
    }

    /** The elements, as far as they parse. */
    public static List<Der> elements(byte[] der) {
        return elements(ByteBuffer.wrap(der));
    }

    /** The elements that it consists of, as far as they parse. */
    public List<Der> children() {
        return elements(content.duplicate());
    }

    /** The children with that tag. */
    public List<Der> children(int wanted) {
        return children().stream().filter(child -> child.tag == wanted).toList();
    }

    /** A copy of the content. */
    public byte[] bytes() {
        byte[] bytes = new byte[content.remaining()];
        content.duplicate().get(bytes);
        return bytes;
    }

    /** An element of bytes. */
    public static Der of(int tag, byte[] content) {
        return new Der(tag, ByteBuffer.wrap(content).asReadOnlyBuffer());
    }

    /** A SEQUENCE of encoded elements. */
    public static Der sequence(byte[]... encoded) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] each : encoded) {
            all.writeBytes(each);
        }
        return of(SEQUENCE, all.toByteArray());
    }

    /** The element with its tag and length in their shortest form, for contents up to 65,535 bytes. */
    public byte[] encoded() {
        int length = content.remaining();
        byte[] head;
        if (length < 0x80) {
            head = new byte[] {(byte) tag, (byte) length};
        } else if (length <= 0xff) {
            head = new byte[] {(byte) tag, (byte) 0x81, (byte) length};
        } else {
            head = new byte[] {(byte) tag, (byte) 0x82, (byte) (length >>> 8), (byte) length};
        }
        byte[] all = Arrays.copyOf(head, head.length + length);
        content.duplicate().get(all, head.length, length);
        return all;
    }

    /** Whether it is the OBJECT IDENTIFIER with that content. */
    public boolean isObject(int... encoded) {
        if (tag != OBJECT_IDENTIFIER || content.remaining() != encoded.length) {
            return false;
        }
        for (int i = 0; i < encoded.length; i++) {
            if (content.get(content.position() + i) != (byte) encoded[i]) {
                return false;
            }
        }
        return true;
    }

    /** The elements, as far as they parse. */
    private static List<Der> elements(ByteBuffer der) {
        List<Der> elements = new ArrayList<>();
        while (der.remaining() >= 2) {
            int tag = der.get() & 0xff;
            int length = length(der);
            if (length < 0 || length > der.remaining()) {
                break;
            }
            elements.add(new Der(tag, der.slice(der.position(), length).asReadOnlyBuffer()));
            der.position(der.position() + length);
        }
        return elements;
    }

    /** Reads a length up to 65,535 (X.690, 8.1.3); -1 for any other. */
    public static int length(ByteBuffer der) {
        int first = der.get() & 0xff;
        if (first < 0x80) {
            return first;
        }
        int bytes = first & 0x7f;
        if (bytes < 1 || bytes > 2 || der.remaining() < bytes) {
            return -1;
        }
        return bytes == 1 ? der.get() & 0xff : der.getShort() & 0xffff;
    }
}
