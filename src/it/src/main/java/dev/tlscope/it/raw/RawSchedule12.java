package dev.tlscope.it.raw;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The key schedule of TLS 1.0 to 1.2 (RFC 5246, 5, 6.3 and 8.1; RFC 7627, 4), for suites with SHA-256 in TLS 1.2. */
final class RawSchedule12 {
    private static final int MASTER = 48;
    private static final int VERIFY_DATA = 12;

    private final TlsVersion version;
    private final byte[] master;

    private RawSchedule12(TlsVersion version, byte... master) {
        this.version = version;
        this.master = master;
    }

    static RawSchedule12 of(TlsVersion version, byte[] premaster, byte[] clientRandom, byte... serverRandom)
            throws GeneralSecurityException {
        return new RawSchedule12(
                version,
                prf(version, premaster, "master secret", OctetWriter.joined(clientRandom, serverRandom), MASTER));
    }

    /** @param transcript up to and including the ClientKeyExchange */
    static RawSchedule12 extended(TlsVersion version, byte[] premaster, byte... transcript)
            throws GeneralSecurityException {
        return new RawSchedule12(
                version, prf(version, premaster, "extended master secret", hash(version, transcript), MASTER));
    }

    byte[] finished(boolean client, byte... transcript) throws GeneralSecurityException {
        String label = client ? "client finished" : "server finished";
        return prf(version, master, label, hash(version, transcript), VERIFY_DATA);
    }

    /** The protection of one direction: AES-128 with GCM or with CBC and SHA-1. */
    RecordCipher records(boolean client, int suite, byte[] clientRandom, byte... serverRandom)
            throws GeneralSecurityException {
        boolean gcm = Suites.isGcm(suite);
        int mac = gcm ? 0 : 20;
        int key = 16;
        int iv = gcm ? 4 : 16;
        OctetReader block = new OctetReader(prf(
                version,
                master,
                "key expansion",
                OctetWriter.joined(serverRandom, clientRandom),
                2 * (mac + key + iv)));
        byte[][] macs = {block.raw(mac), block.raw(mac)};
        byte[][] keys = {block.raw(key), block.raw(key)};
        byte[][] ivs = {block.raw(iv), block.raw(iv)};
        int side = client ? 0 : 1;
        return gcm ? new AesGcm12(keys[side], ivs[side]) : new AesCbc(version, macs[side], keys[side], ivs[side]);
    }

    /** The hash of signatures, Finished and the extended master secret. */
    static byte[] hash(TlsVersion version, byte... input) throws GeneralSecurityException {
        return version == TlsVersion.TLS12
                ? MessageDigest.getInstance("SHA-256").digest(input)
                : OctetWriter.joined(
                        MessageDigest.getInstance("MD5").digest(input),
                        MessageDigest.getInstance("SHA-1").digest(input));
    }

    private static byte[] prf(TlsVersion version, byte[] secret, String label, byte[] seed, int length)
            throws GeneralSecurityException {
        byte[] whole = OctetWriter.joined(label.getBytes(StandardCharsets.US_ASCII), seed);
        if (version == TlsVersion.TLS12) {
            return expand("HmacSHA256", secret, whole, length);
        }
        // RFC 2246, 5: the halves share a byte when the length is odd
        int half = (secret.length + 1) / 2;
        byte[] md5 = expand("HmacMD5", Arrays.copyOf(secret, half), whole, length);
        byte[] sha = expand("HmacSHA1", Arrays.copyOfRange(secret, secret.length - half, secret.length), whole, length);
        for (int i = 0; i < length; i++) {
            md5[i] ^= sha[i];
        }
        return md5;
    }

    /** P_hash (RFC 5246, 5). */
    private static byte[] expand(String algorithm, byte[] secret, byte[] seed, int length)
            throws GeneralSecurityException {
        Mac mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(secret, algorithm));
        OctetWriter out = new OctetWriter();
        byte[] a = seed;
        while (out.bytes().length < length) {
            a = mac.doFinal(a);
            mac.update(a);
            out.raw(mac.doFinal(seed));
        }
        return Arrays.copyOf(out.bytes(), length);
    }
}
