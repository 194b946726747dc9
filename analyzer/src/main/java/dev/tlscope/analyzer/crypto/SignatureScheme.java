package dev.tlscope.analyzer.crypto;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;

/** TLS signature schemes (RFC 8446, 4.2.3) in JCA's terms. */
public enum SignatureScheme {
    /** Up to TLS 1.1 the key's type determines the scheme, and no message names it (RFC 4346, 7.4.3). */
    LEGACY_RSA_MD5_SHA1(-1, "MD5andSHA1withRSA"),
    RSA_PKCS1_SHA1(0x0201, "SHA1withRSA"),
    DSA_SHA1(0x0202, "SHA1withDSA"),
    RSA_PKCS1_SHA224(0x0301, "SHA224withRSA"),
    DSA_SHA224(0x0302, "SHA224withDSA"),
    ECDSA_SHA224(0x0303, "SHA224withECDSA"),
    DSA_SHA256(0x0402, "SHA256withDSA"),
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

    public static java.util.Optional<SignatureScheme> of(int code) {
        return java.util.Arrays.stream(values())
                .filter(scheme -> scheme.code == code)
                .findFirst();
    }

    public int code() {
        return code;
    }

    /** What a key signs with up to TLS 1.1 (RFC 4346, 7.4.3; RFC 8422, 5.4); empty for a key that those versions do not have. */
    public static java.util.Optional<SignatureScheme> legacy(PublicKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> java.util.Optional.of(LEGACY_RSA_MD5_SHA1);
            case "DSA" -> java.util.Optional.of(DSA_SHA1);
            case "EC" -> java.util.Optional.of(ECDSA_SHA1);
            default -> java.util.Optional.empty();
        };
    }

    /** True when a key of that type can use this scheme (RFC 8446, 4.2.3); rsa_pss_pss requires an RSASSA-PSS key. */
    public boolean fits(PublicKey key) {
        String type = key.getAlgorithm();
        return switch (this) {
            case RSA_PSS_PSS_SHA256, RSA_PSS_PSS_SHA384, RSA_PSS_PSS_SHA512 -> type.equals("RSASSA-PSS");
            case ED25519, ED448 -> type.equals("EdDSA") || type.equalsIgnoreCase(name());
            case DSA_SHA1, DSA_SHA224, DSA_SHA256 -> type.equals("DSA");
            default -> name().startsWith("ECDSA") ? type.equals("EC") : type.equals("RSA") || type.equals("RSASSA-PSS");
        };
    }

    public boolean isPss() {
        return name().startsWith("RSA_PSS");
    }

    public boolean isPkcs1() {
        return name().startsWith("RSA_PKCS1") || this == LEGACY_RSA_MD5_SHA1;
    }

    /** The JCA name of a PSS scheme's digest. */
    String digest() {
        return algorithm;
    }

    /** Verifies a signature; throws if this key's algorithm cannot parse it. */
    public boolean verifies(PublicKey key, byte[] signed, byte[] signature) throws GeneralSecurityException {
        if (this == LEGACY_RSA_MD5_SHA1) {
            byte[] hash = Digests.hash(Digests.MD5_SHA1, signed);
            return key instanceof RSAPublicKey rsa && RsaPadding.signs(rsa, signature, hash);
        }
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
