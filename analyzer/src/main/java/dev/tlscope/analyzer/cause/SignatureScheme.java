package dev.tlscope.analyzer.cause;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;

/** TLS signature schemes (RFC 8446, 4.2.3) in JCA's terms. */
enum SignatureScheme {
    RSA_PKCS1_SHA1(0x0201, "SHA1withRSA"),
    ECDSA_SHA1(0x0203, "SHA1withECDSA"),
    RSA_PKCS1_SHA256(0x0401, "SHA256withRSA"),
    ECDSA_SECP256R1_SHA256(0x0403, "SHA256withECDSA"),
    RSA_PKCS1_SHA384(0x0501, "SHA384withRSA"),
    ECDSA_SECP384R1_SHA384(0x0503, "SHA384withECDSA"),
    RSA_PKCS1_SHA512(0x0601, "SHA512withRSA"),
    ECDSA_SECP521R1_SHA512(0x0603, "SHA512withECDSA"),
    RSA_PSS_RSAE_SHA256(0x0804, "SHA-256"),
    RSA_PSS_RSAE_SHA384(0x0805, "SHA-384"),
    RSA_PSS_RSAE_SHA512(0x0806, "SHA-512"),
    ED25519(0x0807, "Ed25519"),
    ED448(0x0808, "Ed448"),
    RSA_PSS_PSS_SHA256(0x0809, "SHA-256"),
    RSA_PSS_PSS_SHA384(0x080a, "SHA-384"),
    RSA_PSS_PSS_SHA512(0x080b, "SHA-512");

    private final int code;
    private final String algorithm;

    SignatureScheme(int code, String algorithm) {
        this.code = code;
        this.algorithm = algorithm;
    }

    static java.util.Optional<SignatureScheme> of(int code) {
        return java.util.Arrays.stream(values())
                .filter(scheme -> scheme.code == code)
                .findFirst();
    }

    boolean isPss() {
        return name().startsWith("RSA_PSS");
    }

    boolean isPkcs1() {
        return name().startsWith("RSA_PKCS1");
    }

    /** The digest's JCA name, of PSS schemes. */
    String digest() {
        return algorithm;
    }

    /** Throws for a signature that this key's algorithm cannot even read. */
    boolean verifies(PublicKey key, byte[] signed, byte[] signature) throws GeneralSecurityException {
        Signature verifier = Signature.getInstance(isPss() ? "RSASSA-PSS" : algorithm);
        if (isPss()) {
            int saltLength = Integer.parseInt(algorithm.substring(4)) / 8;
            verifier.setParameter(
                    new PSSParameterSpec(algorithm, "MGF1", new MGF1ParameterSpec(algorithm), saltLength, 1));
        }
        verifier.initVerify(key);
        verifier.update(signed);
        return verifier.verify(signature);
    }
}
