package dev.tlscope.analyzer.crypto;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;

/**
 * Decrypts an RSA signature with a public key and checks its padding, without the signed message. If the matching
 * private key made the signature, the padding is well-formed, whatever was signed; with any other key it is not.
 */
public final class RsaPadding {
    private RsaPadding() {}

    /** True when the signature was made by this key's private key, though perhaps over other bytes. */
    public static boolean isBy(RSAPublicKey key, SignatureScheme scheme, byte[] signature) {
        int bits = key.getModulus().bitLength() - (scheme.isPss() ? 1 : 0);
        byte[] encoded = open(key, signature, (bits + 7) / 8);
        if (encoded.length == 0) {
            return false;
        }
        return scheme.isPss() ? isPss(encoded, bits, scheme.digest()) : isPkcs1(encoded);
    }

    /** True when the padding is right and contains only this hash, without an algorithm identifier (RFC 2246, 4.7). */
    static boolean signs(RSAPublicKey key, byte[] signature, byte[] hash) {
        byte[] encoded = open(key, signature, (key.getModulus().bitLength() + 7) / 8);
        int at = encoded.length - hash.length;
        return at > 11
                && isPkcs1(encoded)
                && encoded[at - 1] == 0
                && encoded[at - 2] == (byte) 0xff
                && Arrays.equals(hash, Arrays.copyOfRange(encoded, at, encoded.length));
    }

    /** The signature decrypted with the public key, in that length; empty when it is not a number below the modulus. */
    private static byte[] open(RSAPublicKey key, byte[] signature, int length) {
        BigInteger value = new BigInteger(1, signature);
        if (value.compareTo(key.getModulus()) >= 0) {
            return new byte[0];
        }
        byte[] opened = value.modPow(key.getPublicExponent(), key.getModulus()).toByteArray();
        byte[] encoded = new byte[length];
        int from = Math.max(0, opened.length - length);
        System.arraycopy(opened, from, encoded, length - (opened.length - from), opened.length - from);
        return encoded;
    }

    /** 00 01 FF.. 00 (RFC 8017, 9.2). */
    private static boolean isPkcs1(byte[] encoded) {
        int at = 2;
        while (at < encoded.length && encoded[at] == (byte) 0xff) {
            at++;
        }
        return encoded[0] == 0 && encoded[1] == 1 && at >= 10 && at < encoded.length && encoded[at] == 0;
    }

    /**
     * maskedDB, H, BC; the unmasked DB is zeros, 01, salt (RFC 8017, 9.1.2). TLS requires a salt as long as the digest
     * (RFC 8446, 4.2.3), but a salt of another length also shows the right key.
     */
    private static boolean isPss(byte[] encoded, int bits, String digest) {
        try {
            MessageDigest hash = MessageDigest.getInstance(digest);
            int hashLength = hash.getDigestLength();
            int dbLength = encoded.length - hashLength - 1;
            if (dbLength <= hashLength || encoded[encoded.length - 1] != (byte) 0xbc) {
                return false;
            }
            byte[] db = new byte[dbLength];
            for (int block = 0, at = 0; at < dbLength; block++) {
                hash.update(encoded, dbLength, hashLength);
                hash.update(new byte[] {(byte) (block >> 24), (byte) (block >> 16), (byte) (block >> 8), (byte) block});
                for (byte mask : hash.digest()) {
                    if (at < dbLength) {
                        db[at] = (byte) (encoded[at] ^ mask);
                        at++;
                    }
                }
            }
            db[0] &= (byte) (0xff >> (8 * encoded.length - bits));
            int one = 0;
            while (one < dbLength && db[one] == 0) {
                one++;
            }
            return one > 0 && one < dbLength && db[one] == 1;
        } catch (NoSuchAlgorithmException e) {
            return false;
        }
    }
}
