package dev.tlscope.it.peer;

import java.util.Base64;

/** Textual encoding of certificates and keys (RFC 7468). */
public final class Pem {
    private Pem() {}

    /**
     * Encodes a certificate or key.
     *
     * @param type label, such as CERTIFICATE
     */
    public static String of(String type, byte[] content) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n";
    }
}
