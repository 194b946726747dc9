package dev.tlscope.analyzer.seal;

import dev.tlscope.seal.Recipient;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;

/** The private key of a certificate for whose owner captures were sealed. */
public final class OpeningKey {
    private static final String BEGIN = "-----BEGIN ";
    private static final String PLAIN = "PRIVATE KEY-----";

    private final PrivateKey key;

    private OpeningKey(PrivateKey key) {
        this.key = key;
    }

    /**
     * Reads it from a PEM file (PKCS #8, not encrypted).
     *
     * @throws IllegalArgumentException with the end of a line: what is wrong with it; and what next
     */
    public static OpeningKey read(byte[] pem) {
        String text = new String(pem, StandardCharsets.US_ASCII);
        int begin = text.indexOf(BEGIN + PLAIN);
        int end = text.indexOf("-----END " + PLAIN, Math.max(0, begin));
        if (begin < 0 || end < 0) {
            boolean other = text.contains(PLAIN);
            throw new IllegalArgumentException(
                    other
                            ? "it is encrypted, or not PKCS #8; write it so into a file of mode 0600: openssl pkcs8 -topk8"
                                    + " -nocrypt -in KEY -out NEW"
                            : "it has no private key in PEM; name the file with the key of the certificate");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(text.substring(begin + (BEGIN + PLAIN).length(), end));
            return new OpeningKey(KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "its key is not an RSA key that parses (" + e.getMessage()
                            + "); name the file with the key of the certificate",
                    e);
        }
    }

    /** A file's own key; empty when it was encrypted for somebody else. */
    Optional<byte[]> decrypt(byte[] encrypted) {
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
            cipher.init(Cipher.DECRYPT_MODE, key, Recipient.oaep());
            return Optional.of(cipher.doFinal(encrypted));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }
}
