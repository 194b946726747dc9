package dev.tlscope.analyzer.seal;

import dev.tlscope.analyzer.wire.Der;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Decrypts a sealed capture, one segment in memory at a time, up to its end or to the first segment that is not whole or not the one that
 * was written there. What is passed on was authenticated by the file's key before.
 */
public final class SealedCapture {
    private static final int HEAD = 4;
    private static final int TAG_BITS = 128;
    private static final int IMPLICIT_0 = 0x80;
    private static final int EXPLICIT_0 = 0xa0;
    private static final int SET = 0x31;

    private final InputStream in;
    private final OpeningKey opening;
    private long offset;
    private long segments;
    private byte[] recipients = new byte[0];
    private @Nullable SecretKeySpec key;

    private SealedCapture(InputStream in, OpeningKey opening) {
        this.in = in;
        this.opening = opening;
    }

    /** How a sealed file ends. */
    public enum Kind {
        /** It was closed, and nothing of it is missing. */
        COMPLETE,
        /** Its last segment is missing, or cut off. */
        CUT,
        /** A segment is not the one that was written there; what comes after it is not used. */
        DAMAGED,
        /** The key does not open it, or it is not sealed. */
        REFUSED
    }

    /**
     * The result.
     *
     * @param offset where the reading ended
     * @param segments that were passed on
     */
    public record Ending(Kind kind, String reason, long offset, long segments) {}

    /** Decrypts a stream to another; closes neither. */
    public static Ending open(InputStream in, OpeningKey key, OutputStream out) throws IOException {
        return new SealedCapture(in, key).open(out);
    }

    /** A segment cannot be used. */
    private static final class Unusable extends Exception {
        private static final long serialVersionUID = 1;
        private final Kind kind;

        Unusable(Kind kind, String reason) {
            super(reason);
            this.kind = kind;
        }
    }

    private Ending open(OutputStream out) throws IOException {
        boolean ended = false;
        try {
            for (byte[] segment = next(); segment != null; segment = next()) {
                if (ended) {
                    throw new Unusable(Kind.DAMAGED, "more follows the segment that ends the file");
                }
                byte[] plain = decrypt(segment);
                ended = plain.length == 0;
                out.write(plain);
                offset += segment.length;
                segments++;
            }
            if (!ended) {
                throw new Unusable(
                        segments == 0 ? Kind.REFUSED : Kind.CUT,
                        segments == 0
                                ? "it is empty"
                                : "its last segment is missing: the JVM writes it still, or ended without closing it,"
                                        + " or the end was cut off");
            }
            return new Ending(Kind.COMPLETE, "", offset, segments);
        } catch (Unusable e) {
            return new Ending(e.kind, String.valueOf(e.getMessage()), offset, segments);
        }
    }

    /** The bytes of the next segment; null at the end of the stream. */
    private byte @Nullable [] next() throws IOException, Unusable {
        byte[] head = in.readNBytes(HEAD);
        if (head.length == 0) {
            return null;
        }
        if (head.length < HEAD) {
            throw cut();
        }
        ByteBuffer length = ByteBuffer.wrap(head, 1, HEAD - 1);
        int content = Der.length(length);
        if ((head[0] & 0xff) != Der.SEQUENCE || content < HEAD) {
            throw new Unusable(
                    segments == 0 ? Kind.REFUSED : Kind.DAMAGED,
                    segments == 0 ? "it is not sealed by tlscope" : "no segment begins there");
        }
        int whole = length.position() + content;
        byte[] segment = Arrays.copyOf(head, whole);
        if (in.readNBytes(segment, HEAD, whole - HEAD) < whole - HEAD) {
            throw cut();
        }
        return segment;
    }

    private Unusable cut() {
        return new Unusable(segments == 0 ? Kind.REFUSED : Kind.CUT, "it ends within a segment");
    }

    /** AuthEnvelopedData: version, recipients, the content that is encrypted, and its tag. */
    private byte[] decrypt(byte[] segment) throws Unusable {
        List<Der> enveloped = children(Der.elements(segment), 0, Der.SEQUENCE, 1, EXPLICIT_0, 0, Der.SEQUENCE);
        List<Der> content = children(enveloped, 2, Der.SEQUENCE);
        List<Der> parameters = children(content, 1, Der.SEQUENCE, 1, Der.SEQUENCE);
        byte[] nonce = at(parameters, 0, Der.OCTET_STRING).bytes();
        SecretKeySpec used = key(at(enveloped, 1, SET));
        if (!Arrays.equals(nonce, ByteBuffer.allocate(12).putLong(4, segments).array())) {
            throw new Unusable(Kind.DAMAGED, "another segment stands there: one is missing, or they were exchanged");
        }
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, used, new GCMParameterSpec(TAG_BITS, nonce));
            byte[] sealed = at(content, 2, IMPLICIT_0).bytes();
            byte[] tag = at(enveloped, 3, Der.OCTET_STRING).bytes();
            byte[] both = Arrays.copyOf(sealed, sealed.length + tag.length);
            System.arraycopy(tag, 0, both, sealed.length, tag.length);
            return cipher.doFinal(both);
        } catch (GeneralSecurityException e) {
            throw new Unusable(Kind.DAMAGED, "the segment was changed after it was written");
        }
    }

    /** The file's key, which the first segment's recipients have; the others repeat them. */
    private SecretKeySpec key(Der infos) throws Unusable {
        byte[] given = infos.bytes();
        SecretKeySpec known = key;
        if (known != null) {
            if (!Arrays.equals(recipients, given)) {
                throw new Unusable(Kind.DAMAGED, "a segment of another file stands there");
            }
            return known;
        }
        byte[] encrypted = at(children(infos.children(), 0, Der.SEQUENCE), 3, Der.OCTET_STRING)
                .bytes();
        SecretKeySpec made = new SecretKeySpec(
                opening.decrypt(encrypted)
                        .orElseThrow(
                                () -> new Unusable(
                                        Kind.REFUSED,
                                        "it was not sealed for that key; name the key of the certificate that option seal had")),
                "AES");
        recipients = given;
        key = made;
        return made;
    }

    /** Goes down: {@code path} is the place and the tag of an element, and of one within it, and so on. */
    private List<Der> children(List<Der> elements, int... path) throws Unusable {
        List<Der> at = elements;
        for (int i = 0; i < path.length; i += 2) {
            at = at(at, path[i], path[i + 1]).children();
        }
        return at;
    }

    private Der at(List<Der> elements, int place, int tag) throws Unusable {
        if (elements.size() <= place || elements.get(place).tag() != tag) {
            throw new Unusable(
                    segments == 0 ? Kind.REFUSED : Kind.DAMAGED,
                    segments == 0 ? "it is not sealed by tlscope" : "the segment does not parse");
        }
        return elements.get(place);
    }
}
