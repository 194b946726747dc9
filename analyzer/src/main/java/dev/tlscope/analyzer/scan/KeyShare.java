package dev.tlscope.analyzer.scan;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.XECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.KeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.KeyAgreement;
import org.jspecify.annotations.Nullable;

/** A key share of ours, in a group that every JDK has (RFC 8446, 4.2.8.2). */
@SuppressWarnings("ArrayRecordComponent") // never compared
record KeyShare(int group, byte[] publicValue, PrivateKey secret) {
    private static final int X25519 = 0x001d;
    private static final int X448 = 0x001e;
    private static final int UNCOMPRESSED = 4;

    /** A new share in the first of these groups that this JVM has. */
    static Optional<KeyShare> of(List<Integer> groups) {
        for (int group : groups) {
            try {
                KeyPair pair = pair(group);
                if (pair != null) {
                    return Optional.of(new KeyShare(group, encoded(group, pair.getPublic()), pair.getPrivate()));
                }
            } catch (GeneralSecurityException e) {
                // the next group
            }
        }
        return Optional.empty();
    }

    /** The shared secret with the server's share. */
    byte[] agree(byte[] server) throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance(isMontgomery(group) ? "XDH" : "ECDH");
        agreement.init(secret);
        agreement.doPhase(isMontgomery(group) ? montgomery(server) : point(server), true);
        return agreement.generateSecret();
    }

    private static @Nullable KeyPair pair(int group) throws GeneralSecurityException {
        String curve = switch (group) {
            case X25519 -> "X25519";
            case X448 -> "X448";
            case 0x0017 -> "secp256r1";
            case 0x0018 -> "secp384r1";
            case 0x0019 -> "secp521r1";
            default -> null;
        };
        if (curve == null) {
            return null;
        }
        if (isMontgomery(group)) {
            return KeyPairGenerator.getInstance(curve).generateKeyPair();
        }
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }

    private static boolean isMontgomery(int group) {
        return group == X25519 || group == X448;
    }

    private static byte[] encoded(int group, PublicKey key) {
        if (key instanceof XECPublicKey montgomery) {
            byte[] u = fixed(montgomery.getU(), group == X25519 ? 32 : 56);
            reverse(u);
            return u;
        }
        ECPublicKey elliptic = (ECPublicKey) key;
        int size = (elliptic.getParams().getCurve().getField().getFieldSize() + 7) / 8;
        return new WireWriter()
                .number(1, UNCOMPRESSED)
                .bytes(fixed(elliptic.getW().getAffineX(), size))
                .bytes(fixed(elliptic.getW().getAffineY(), size))
                .toBytes();
    }

    private PublicKey montgomery(byte[] share) throws GeneralSecurityException {
        byte[] u = share.clone();
        reverse(u);
        if (group == X25519) {
            u[0] &= 0x7f; // RFC 7748, 5
        }
        KeySpec spec = new XECPublicKeySpec(
                group == X25519 ? NamedParameterSpec.X25519 : NamedParameterSpec.X448, new BigInteger(1, u));
        return KeyFactory.getInstance("XDH").generatePublic(spec);
    }

    private PublicKey point(byte[] share) throws GeneralSecurityException {
        int size = (share.length - 1) / 2;
        BigInteger x = new BigInteger(1, Arrays.copyOfRange(share, 1, 1 + size));
        BigInteger y = new BigInteger(1, Arrays.copyOfRange(share, 1 + size, share.length));
        return KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(new ECPoint(x, y), ((ECKey) secret).getParams()));
    }

    private static byte[] fixed(BigInteger value, int size) {
        byte[] bytes = value.toByteArray();
        byte[] fixed = new byte[size];
        int length = Math.min(size, bytes.length);
        System.arraycopy(bytes, bytes.length - length, fixed, size - length, length);
        return fixed;
    }

    private static void reverse(byte[] bytes) {
        for (int i = 0, j = bytes.length - 1; i < j; i++, j--) {
            byte swapped = bytes[i];
            bytes[i] = bytes[j];
            bytes[j] = swapped;
        }
    }
}
