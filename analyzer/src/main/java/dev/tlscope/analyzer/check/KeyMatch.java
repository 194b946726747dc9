package dev.tlscope.analyzer.check;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;

/** Whether a private key belongs to a public one: what the private key signs must verify. */
public final class KeyMatch {
    private static final byte[] PROBE = {'t', 'l', 's', 'c', 'o', 'p', 'e'};
    private static final int SALT = 32;

    private KeyMatch() {}

    /** @throws GeneralSecurityException if this JVM cannot sign with that key */
    static boolean belongs(PrivateKey key, PublicKey certified) throws GeneralSecurityException {
        if (key instanceof RSAKey own && certified instanceof RSAKey theirs) {
            // a key in a device may not sign for us, and exposes its modulus
            return own.getModulus().equals(theirs.getModulus());
        }
        if (key instanceof RSAKey != certified instanceof RSAKey
                || key instanceof ECKey != certified instanceof ECKey
                || (key instanceof ECKey own && certified instanceof ECKey theirs && !isSameCurve(own, theirs))) {
            return false;
        }
        Signature signature = signature(key);
        signature.initSign(key);
        signature.update(PROBE);
        byte[] signed = signature.sign();
        try {
            signature.initVerify(certified);
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (SignatureException | InvalidKeyException e) {
            return false; // another key's signature may have a form that this key's algorithm rejects
        }
    }

    /** False too if this JVM cannot tell. */
    public static boolean isKnownToBelong(PrivateKey key, X509Certificate certificate) {
        try {
            return belongs(key, certificate.getPublicKey());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static boolean isSameCurve(ECKey one, ECKey other) {
        return one.getParams().getOrder().equals(other.getParams().getOrder())
                && one.getParams().getGenerator().equals(other.getParams().getGenerator());
    }

    private static Signature signature(PrivateKey key) throws GeneralSecurityException {
        return switch (key.getAlgorithm()) {
            case "EC" -> Signature.getInstance("SHA256withECDSA");
            case "DSA" -> Signature.getInstance("SHA256withDSA");
            case "RSASSA-PSS" -> pss();
            default -> Signature.getInstance(key.getAlgorithm());
        };
    }

    private static Signature pss() throws GeneralSecurityException {
        Signature pss = Signature.getInstance("RSASSA-PSS");
        pss.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, SALT, 1));
        return pss;
    }
}
