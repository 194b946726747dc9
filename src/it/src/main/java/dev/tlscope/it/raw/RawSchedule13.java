package dev.tlscope.it.raw;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The key schedule of TLS 1.3 with SHA-256 (RFC 8446, 7.1), with or without a PSK. */
final class RawSchedule13 {
    private static final int HASH = 32;
    private static final int KEY = 16;
    private static final int IV = 12;

    private final byte[] early;
    private byte[] handshake = new byte[0];
    private byte[] main = new byte[0];

    RawSchedule13(byte... psk) throws GeneralSecurityException {
        early = hmac(new byte[HASH], psk.length == 0 ? new byte[HASH] : psk);
    }

    void agree(byte... sharedSecret) throws GeneralSecurityException {
        handshake = hmac(derive(early, "derived", hash()), sharedSecret);
        main = hmac(derive(handshake, "derived", hash()), new byte[HASH]);
    }

    byte[] handshakeTraffic(boolean client, byte... transcript) throws GeneralSecurityException {
        return derive(handshake, client ? "c hs traffic" : "s hs traffic", hash(transcript));
    }

    byte[] applicationTraffic(boolean client, byte... transcript) throws GeneralSecurityException {
        return derive(main, client ? "c ap traffic" : "s ap traffic", hash(transcript));
    }

    /** The PSK of the ticket with that nonce; the transcript is that up to the client's Finished. */
    byte[] resumption(byte[] nonce, byte... transcript) throws GeneralSecurityException {
        return derive(derive(main, "res master", hash(transcript)), "resumption", nonce);
    }

    /** The binder of a ClientHello up to its binders (RFC 8446, 4.2.11.2). */
    byte[] binder(byte... truncatedHello) throws GeneralSecurityException {
        return finished(derive(early, "res binder", hash()), truncatedHello);
    }

    /** verify_data (RFC 8446, 4.4.4). */
    static byte[] finished(byte[] trafficSecret, byte... transcript) throws GeneralSecurityException {
        return hmac(derive(trafficSecret, "finished", new byte[0]), hash(transcript));
    }

    static AesGcm13 records(byte... trafficSecret) throws GeneralSecurityException {
        return new AesGcm13(
                expand(trafficSecret, "key", new byte[0], KEY), expand(trafficSecret, "iv", new byte[0], IV));
    }

    static byte[] hash(byte... input) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(input);
    }

    private static byte[] derive(byte[] secret, String label, byte... context) throws GeneralSecurityException {
        return expand(secret, label, context, HASH);
    }

    /** HKDF-Expand-Label of at most one block (RFC 5869, 2.3). */
    private static byte[] expand(byte[] secret, String label, byte[] context, int length)
            throws GeneralSecurityException {
        byte[] info = new OctetWriter()
                .number(2, length)
                .vector(1, ("tls13 " + label).getBytes(StandardCharsets.US_ASCII))
                .vector(1, context)
                .number(1, 1)
                .bytes();
        return Arrays.copyOf(hmac(secret, info), length);
    }

    private static byte[] hmac(byte[] key, byte... input) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(input);
    }
}
