package dev.tlscope.analyzer.crypto;

import java.io.ByteArrayOutputStream;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Hashes and HMACs under their JCA names. Every JDK has those that TLS uses. */
public final class Digests {
    /** MD5 and SHA-1 side by side, the transcript hash up to TLS 1.1 (RFC 2246, 7.4.9). */
    public static final String MD5_SHA1 = "MD5+SHA1";

    private Digests() {}

    public static byte[] hash(String algorithm, byte[] data) {
        if (algorithm.equals(MD5_SHA1)) {
            return concat(hash("MD5", data), hash("SHA-1", data));
        }
        try {
            return MessageDigest.getInstance(algorithm).digest(data);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }

    /**
     * An HMAC under that key, ready for use. JCA rejects an empty key, so one of zeroes, which is equivalent, replaces
     * it (RFC 2104).
     */
    public static Mac hmac(String hash, byte[] key) {
        String algorithm = "Hmac" + hash.replace("-", "");
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, algorithm));
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }

    public static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** The first 8 hex digits of a secret's SHA-256, to show instead of the secret. */
    public static String fingerprint(byte[] secret) {
        return HexFormat.of().formatHex(hash("SHA-256", secret), 0, 4);
    }
}
