package dev.tlscope.it.raw;

/** Signature schemes by the names of IANA's registry (RFC 8446, 4.2.3). */
final class SignatureNumbers {
    static final int RSA_PKCS1_MD5 = 0x0101;
    static final int RSA_PKCS1_SHA256 = 0x0401;
    static final int ECDSA_SECP256R1_SHA256 = 0x0403;
    static final int ECDSA_SECP521R1_SHA512 = 0x0603;
    static final int RSA_PSS_RSAE_SHA256 = 0x0804;
    static final int ED25519 = 0x0807;

    /** Not in the registry: the RSA signature of TLS 1.0 and 1.1, which messages do not name. */
    static final int RSA_MD5_SHA1 = -1;

    private SignatureNumbers() {}
}
