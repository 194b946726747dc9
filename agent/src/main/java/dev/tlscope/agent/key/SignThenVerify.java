package dev.tlscope.agent.key;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;

/** Checks a key pair with a signature if the public key cannot be computed: EdDSA, curves over binary fields. */
final class SignThenVerify {
    private static final byte[] PROBE = {'t', 'l', 's', 'c', 'o', 'p', 'e'};

    private SignThenVerify() {}

    static boolean agree(PrivateKey key, PublicKey certified) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm(key.getAlgorithm()));
        signature.initSign(key);
        signature.update(PROBE);
        byte[] signed = signature.sign();
        try {
            signature.initVerify(certified);
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (SignatureException | java.security.InvalidKeyException e) {
            // this key's algorithm may reject the form of another key's signature
            return false;
        }
    }

    private static String algorithm(String keyAlgorithm) {
        switch (keyAlgorithm) {
            case "EC":
                return "SHA256withECDSA";
            case "RSA":
                return "SHA256withRSA";
            case "DSA":
                return "SHA256withDSA";
            default:
                return keyAlgorithm;
        }
    }
}
