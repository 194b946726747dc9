package dev.tlscope.agent.key;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EllipticCurve;
import java.security.spec.RSAPublicKeySpec;
import org.jspecify.annotations.Nullable;

/** Computes the public key that belongs to a private key, which JCA does not offer. */
final class PublicKeys {
    private PublicKeys() {}

    /**
     * The public key of a private RSA key (from the modulus, which a key in a device exposes too) or of an EC key over
     * a prime field; null for other keys.
     */
    static @Nullable PublicKey of(PrivateKey key, PublicKey certified) throws GeneralSecurityException {
        if (key instanceof RSAKey) {
            BigInteger exponent = key instanceof RSAPrivateCrtKey
                    ? ((RSAPrivateCrtKey) key).getPublicExponent()
                    : certified instanceof RSAPublicKey ? ((RSAPublicKey) certified).getPublicExponent() : null;
            return exponent == null
                    ? null
                    : KeyFactory.getInstance("RSA")
                            .generatePublic(new RSAPublicKeySpec(((RSAKey) key).getModulus(), exponent));
        }
        if (key instanceof ECPrivateKey) {
            ECPrivateKey ec = (ECPrivateKey) key;
            ECParameterSpec parameters = ec.getParams();
            if (parameters != null && ec.getS() != null && parameters.getCurve().getField() instanceof ECFieldFp) {
                ECPoint point = multiply(parameters, ec.getS());
                return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, parameters));
            }
        }
        return null;
    }

    /** Compares the numbers, because encodings of the same key may differ, such as RSA's under RSASSA-PSS. */
    static boolean areEqual(PublicKey one, PublicKey other) {
        if (one instanceof RSAPublicKey && other instanceof RSAPublicKey) {
            return ((RSAPublicKey) one).getModulus().equals(((RSAPublicKey) other).getModulus());
        }
        if (one instanceof ECPublicKey && other instanceof ECPublicKey) {
            return ((ECPublicKey) one).getW().equals(((ECPublicKey) other).getW());
        }
        return false;
    }

    /**
     * The generator times a scalar, by doubling and adding in affine coordinates (SEC 1, 2.2.1). It takes some milliseconds,
     * once per key, on a thread of ours, and is not in constant time.
     */
    private static ECPoint multiply(ECParameterSpec parameters, BigInteger scalar) {
        EllipticCurve curve = parameters.getCurve();
        BigInteger p = ((ECFieldFp) curve.getField()).getP();
        ECPoint sum = ECPoint.POINT_INFINITY;
        for (int bit = scalar.bitLength() - 1; bit >= 0; bit--) {
            sum = add(sum, sum, curve.getA(), p);
            if (scalar.testBit(bit)) {
                sum = add(sum, parameters.getGenerator(), curve.getA(), p);
            }
        }
        return sum;
    }

    private static ECPoint add(ECPoint one, ECPoint other, BigInteger a, BigInteger p) {
        if (one.equals(ECPoint.POINT_INFINITY)) {
            return other;
        }
        if (other.equals(ECPoint.POINT_INFINITY)) {
            return one;
        }
        BigInteger x1 = one.getAffineX();
        BigInteger y1 = one.getAffineY();
        BigInteger x2 = other.getAffineX();
        BigInteger y2 = other.getAffineY();
        BigInteger slope;
        if (!x1.equals(x2)) {
            slope = y2.subtract(y1).multiply(x2.subtract(x1).modInverse(p)).mod(p);
        } else if (y1.equals(y2) && y1.signum() != 0) {
            BigInteger three = BigInteger.valueOf(3);
            slope = x1.multiply(x1)
                    .multiply(three)
                    .add(a)
                    .multiply(y1.shiftLeft(1).modInverse(p))
                    .mod(p);
        } else {
            return ECPoint.POINT_INFINITY;
        }
        BigInteger x3 = slope.multiply(slope).subtract(x1).subtract(x2).mod(p);
        return new ECPoint(x3, slope.multiply(x1.subtract(x3)).subtract(y1).mod(p));
    }
}
