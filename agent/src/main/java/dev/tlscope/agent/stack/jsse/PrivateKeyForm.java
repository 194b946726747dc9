package dev.tlscope.agent.stack.jsse;

import java.nio.charset.StandardCharsets;

/**
 * What the encoding of a private key is, by its first elements of DER: PKCS#8 (RFC 5958), in clear or encrypted, PKCS#1 (RFC 8017,
 * A.1.2) or SEC 1 (RFC 5915). Nothing behind the algorithm is looked at.
 */
final class PrivateKeyForm {
    private static final int INTEGER = 0x02;
    private static final int OCTETS = 0x04;
    private static final int OBJECT = 0x06;
    private static final int SEQUENCE = 0x30;

    private final byte[] bytes;
    private int at;

    private PrivateKeyForm(byte[] bytes) {
        this.bytes = bytes;
    }

    static String of(byte[] encoded) {
        if (encoded.length == 0) {
            return "empty";
        }
        if (encoded[0] == '-') {
            return new String(encoded, 0, Math.min(encoded.length, 11), StandardCharsets.US_ASCII).equals("-----BEGIN ")
                    ? "PEM"
                    : "no DER";
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
        return enters(SEQUENCE) ? "PKCS#8" : "no private key";
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
