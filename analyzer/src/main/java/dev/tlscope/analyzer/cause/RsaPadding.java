package dev.tlscope.analyzer.cause;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;

/**
 * Opens an RSA signature with a public key and looks at its padding, without the message: a signature made by that key's
 * private key has a well-formed padding whatever it signs; one made by another key has not.
 */
final class RsaPadding {
    private RsaPadding() {}

    /** True when the signature was made by this key's private key, though perhaps over other bytes. */
    static boolean isBy(RSAPublicKey key, SignatureScheme scheme, byte[] signature) {
        BigInteger value = new BigInteger(1, signature);
        if (value.compareTo(key.getModulus()) >= 0) {
            return false;
        }
        int bits = key.getModulus().bitLength() - (scheme.isPss() ? 1 : 0);
        int length = (bits + 7) / 8;
        byte[] opened = value.modPow(key.getPublicExponent(), key.getModulus()).toByteArray();
        byte[] encoded = new byte[length];
        int from = Math.max(0, opened.length - length);
        System.arraycopy(opened, from, encoded, length - (opened.length - from), opened.length - from);
        return scheme.isPss() ? isPss(encoded, bits, scheme.digest()) : isPkcs1(encoded);
    }

    /** 00 01 FF.. 00 (RFC 8017, 9.2). */
    private static boolean isPkcs1(byte[] encoded) {
        int at = 2;
        while (at < encoded.length && encoded[at] == (byte) 0xff) {
            at++;
        }
        return encoded[0] == 0 && encoded[1] == 1 && at >= 10 && at < encoded.length && encoded[at] == 0;
    }

    /** maskedDB, H, BC; the unmasked DB is zeros, 01, salt (RFC 8017, 9.1.2), the salt as long as the digest. */
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
            int one = dbLength - hashLength - 1;
            for (int i = 0; i < one; i++) {
                if (db[i] != 0) {
                    return false;
                }
            }
            return db[one] == 1;
        } catch (NoSuchAlgorithmException e) {
            return false;
        }
    }
}
