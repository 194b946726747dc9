package dev.tlscope.it.raw;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import javax.crypto.KeyAgreement;

/** A key pair of P-256, the group that every JSSE has, and the secret that it shares with a peer's point. */
final class EcShare {
    static final int SECP256R1 = 23;
    static final int SECP384R1 = 24;
    static final int SECP521R1 = 25;
    static final int X25519 = 29;
    static final int FFDHE2048 = 256;

    private static final int COORDINATE = 32;

    private final KeyPair pair;

    EcShare() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        pair = generator.generateKeyPair();
    }

    /** The point, uncompressed (RFC 8446, 4.2.8.2). */
    byte[] point() {
        ECPoint w = ((ECPublicKey) pair.getPublic()).getW();
        return new OctetWriter()
                .number(1, 4)
                .raw(fixed(w.getAffineX()))
                .raw(fixed(w.getAffineY()))
                .bytes();
    }

    /** KeyShareEntry (RFC 8446, 4.2.8). */
    byte[] entry() {
        return entry(SECP256R1, point());
    }

    static byte[] entry(int group, byte... keyExchange) {
        return new OctetWriter().number(2, group).vector(2, keyExchange).bytes();
    }

    /** The x coordinate of the shared point. */
    byte[] agree(byte... point) throws GeneralSecurityException {
        OctetReader in = new OctetReader(point);
        in.number(1);
        ECPoint peer = new ECPoint(new BigInteger(1, in.raw(COORDINATE)), new BigInteger(1, in.raw(COORDINATE)));
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(pair.getPrivate());
        agreement.doPhase(
                KeyFactory.getInstance("EC")
                        .generatePublic(new ECPublicKeySpec(peer, ((ECPublicKey) pair.getPublic()).getParams())),
                true);
        return agreement.generateSecret();
    }

    private static byte[] fixed(BigInteger coordinate) {
        byte[] number = coordinate.toByteArray();
        byte[] padded = new byte[COORDINATE];
        int length = Math.min(COORDINATE, number.length);
        System.arraycopy(number, number.length - length, padded, COORDINATE - length, length);
        return padded;
    }
}
