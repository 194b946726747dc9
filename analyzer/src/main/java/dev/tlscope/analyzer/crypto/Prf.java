package dev.tlscope.analyzer.crypto;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.crypto.Mac;

/**
 * The pseudorandom function of TLS 1.0 to 1.2 (RFC 2246, 5; RFC 5246, 5).
 *
 * @param hash JCA name of the suite's hash; {@link Digests#MD5_SHA1} up to TLS 1.1
 */
public record Prf(String hash) {
    public static final int MASTER_LENGTH = 48;
    public static final int VERIFY_LENGTH = 12;

    public byte[] compute(byte[] secret, String label, byte[] seed, int length) {
        byte[] labelled = Digests.concat(label.getBytes(StandardCharsets.US_ASCII), seed);
        if (!hash.equals(Digests.MD5_SHA1)) {
            return expand(hash, secret, labelled, length);
        }
        // The two halves share a byte when the length is odd.
        int half = (secret.length + 1) / 2;
        byte[] md5 = expand("MD5", Arrays.copyOf(secret, half), labelled, length);
        byte[] sha1 = expand("SHA1", Arrays.copyOfRange(secret, secret.length - half, secret.length), labelled, length);
        for (int i = 0; i < length; i++) {
            md5[i] ^= sha1[i];
        }
        return md5;
    }

    /** P_hash (RFC 5246, 5). */
    private static byte[] expand(String hash, byte[] secret, byte[] seed, int length) {
        Mac mac = Digests.hmac(hash, secret);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] a = seed;
        while (out.size() < length) {
            a = mac.doFinal(a);
            mac.update(a);
            out.writeBytes(mac.doFinal(seed));
        }
        return Arrays.copyOf(out.toByteArray(), length);
    }
}
