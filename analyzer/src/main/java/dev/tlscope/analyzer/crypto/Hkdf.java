package dev.tlscope.analyzer.crypto;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.crypto.Mac;

/**
 * HKDF (RFC 5869) and the labels that TLS 1.3 expands with (RFC 8446, 7.1).
 *
 * @param hash JCA name: SHA-256, SHA-384
 */
public record Hkdf(String hash) {

    public int length() {
        return Digests.hash(hash, new byte[0]).length;
    }

    public byte[] extract(byte[] salt, byte[] inputKeyMaterial) {
        return Digests.hmac(hash, salt).doFinal(inputKeyMaterial);
    }

    public byte[] expand(byte[] pseudorandomKey, byte[] info, int length) {
        Mac mac = Digests.hmac(hash, pseudorandomKey);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] block = new byte[0];
        for (int i = 1; out.size() < length; i++) {
            mac.update(block);
            mac.update(info);
            mac.update((byte) i);
            block = mac.doFinal();
            out.writeBytes(block);
        }
        return Arrays.copyOf(out.toByteArray(), length);
    }

    /** HKDF-Expand-Label; the label is given without "tls13 ". */
    public byte[] expandLabel(byte[] secret, String label, byte[] context, int length) {
        byte[] name = ("tls13 " + label).getBytes(StandardCharsets.US_ASCII);
        byte[] info = Digests.concat(
                new byte[] {(byte) (length >> 8), (byte) length, (byte) name.length},
                name,
                new byte[] {(byte) context.length},
                context);
        return expand(secret, info, length);
    }

    /** Derive-Secret with a transcript hash. */
    public byte[] derive(byte[] secret, String label, byte[] transcriptHash) {
        return expandLabel(secret, label, transcriptHash, length());
    }

    /**
     * Goes from one stage of the schedule to the next: Derive-Secret(secret, "derived", "") and the extraction that
     * follows.
     */
    public byte[] next(byte[] secret, byte[] input) {
        return extract(derive(secret, "derived", Digests.hash(hash, new byte[0])), input);
    }

    /** The verify_data of a Finished, or a PSK binder (RFC 8446, 4.4.4 and 4.2.11.2). */
    public byte[] verifyData(byte[] baseKey, byte[] transcriptHash) {
        byte[] finishedKey = expandLabel(baseKey, "finished", new byte[0], length());
        return Digests.hmac(hash, finishedKey).doFinal(transcriptHash);
    }

    public byte[] zeroes() {
        return new byte[length()];
    }
}
