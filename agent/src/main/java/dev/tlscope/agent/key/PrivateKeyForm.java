package dev.tlscope.agent.key;

import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the encoding of a private key is, by its first elements of DER: PKCS#8 (RFC 5958), in clear or encrypted, PKCS#1 (RFC 8017,
 * A.1.2) or SEC 1 (RFC 5915). Nothing behind the algorithm is looked at.
 */
public final class PrivateKeyForm {
    public static final String PKCS8 = "PKCS#8";

    private static final int INTEGER = 0x02;
    private static final int OCTETS = 0x04;
    private static final int OBJECT = 0x06;
    private static final int SEQUENCE = 0x30;

    private final byte[] bytes;
    private int at;

    private PrivateKeyForm(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The form of what a KeyFactory is to read as PKCS#8; null for another KeySpec. */
    public static @Nullable String ofSpec(@Nullable Object spec) {
        if (spec == null || spec.getClass() != PKCS8EncodedKeySpec.class) {
            return null;
        }
        byte[] encoded = ((PKCS8EncodedKeySpec) spec).getEncoded();
        String form = of(encoded);
        Arrays.fill(encoded, (byte) 0);
        return form;
    }

    static String of(byte[] encoded) {
        if (encoded.length == 0) {
            return "empty";
        }
        if (encoded[0] == '-') {
            return encoded.length > 1 && encoded[1] == '-' ? "PEM" : "no DER";
        }
        return new PrivateKeyForm(encoded).read();
    }

    private String read() {
        if (!enters(SEQUENCE)) {
            return "no DER";
        }
        if (enters(SEQUENCE)) {
            return enters(OBJECT) ? "encrypted PKCS#8" : "no private key";
        }
        if (!enters(INTEGER)) {
            return "no private key";
        }
        // the version, one byte long
        at++;
        if (enters(INTEGER)) {
            return "PKCS#1";
        }
        if (enters(OCTETS)) {
            return "SEC 1";
        }
        return enters(SEQUENCE) ? PKCS8 : "no private key";
    }

    /** Whether an element of that type begins here; then its contents are next. */
    private boolean enters(int type) {
        if (at + 2 > bytes.length || (bytes[at] & 0xFF) != type) {
            return false;
        }
        int length = bytes[at + 1] & 0xFF;
        at += length < 0x80 ? 2 : 2 + (length & 0x7F);
        return true;
    }
}
