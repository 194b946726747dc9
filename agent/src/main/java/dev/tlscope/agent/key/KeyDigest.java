package dev.tlscope.agent.key;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAKey;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A digest that distinguishes private keys: some key managers, including the JDK's PKIX one, create a new object of the
 * same key for each handshake. The key cannot be computed from the digest.
 */
final class KeyDigest {
    private KeyDigest() {}

    /**
     * SHA-256 of an RSA key's modulus, an EC key's scalar or another key's encoding; null for a key that exposes none
     * of them.
     */
    static byte @Nullable [] of(PrivateKey key) {
        try {
            byte[] number = number(key);
            if (number == null) {
                return null;
            }
            byte[] mark = MessageDigest.getInstance("SHA-256").digest(number);
            Arrays.fill(number, (byte) 0);
            return mark;
        } catch (GeneralSecurityException | RuntimeException e) {
            return null;
        }
    }

    /** A copy of the number, which the caller overwrites after use. */
    private static byte @Nullable [] number(PrivateKey key) {
        if (key instanceof RSAKey) {
            return bytes(((RSAKey) key).getModulus());
        }
        if (key instanceof ECPrivateKey) {
            return bytes(((ECPrivateKey) key).getS());
        }
        byte[] encoded = key.getEncoded();
        return encoded == null ? null : encoded.clone();
    }

    private static byte @Nullable [] bytes(@Nullable BigInteger number) {
        return number == null ? null : number.toByteArray();
    }
}
