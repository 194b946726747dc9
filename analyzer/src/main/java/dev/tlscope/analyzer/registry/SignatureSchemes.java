package dev.tlscope.analyzer.registry;

/**
 * The IANA TLS SignatureScheme registry (RFC 8446, 4.2.3). Pairs of TLS 1.2 that have no entry there get JSSE's names,
 * such as dsa_sha1, made from the TLS HashAlgorithm and TLS SignatureAlgorithm registries (RFC 5246, 7.4.1.4.1).
 */
public final class SignatureSchemes {
    private static final Registry NAMES = Registry.of(2, """
            0201 rsa_pkcs1_sha1
            0203 ecdsa_sha1
            0401 rsa_pkcs1_sha256
            0403 ecdsa_secp256r1_sha256
            0420 rsa_pkcs1_sha256_legacy
            0501 rsa_pkcs1_sha384
            0503 ecdsa_secp384r1_sha384
            0520 rsa_pkcs1_sha384_legacy
            0601 rsa_pkcs1_sha512
            0603 ecdsa_secp521r1_sha512
            0620 rsa_pkcs1_sha512_legacy
            0704 eccsi_sha256
            0705 iso_ibs1
            0706 iso_ibs2
            0707 iso_chinese_ibs
            0708 sm2sig_sm3
            0709 gostr34102012_256a
            070a gostr34102012_256b
            070b gostr34102012_256c
            070c gostr34102012_256d
            070d gostr34102012_512a
            070e gostr34102012_512b
            070f gostr34102012_512c
            0804 rsa_pss_rsae_sha256
            0805 rsa_pss_rsae_sha384
            0806 rsa_pss_rsae_sha512
            0807 ed25519
            0808 ed448
            0809 rsa_pss_pss_sha256
            080a rsa_pss_pss_sha384
            080b rsa_pss_pss_sha512
            081a ecdsa_brainpoolP256r1tls13_sha256
            081b ecdsa_brainpoolP384r1tls13_sha384
            081c ecdsa_brainpoolP512r1tls13_sha512
            0904 mldsa44
            0905 mldsa65
            0906 mldsa87
            """).withPrivateUse(0xfe00, 0xffff);

    private static final String[] HASHES = {"none", "md5", "sha1", "sha224", "sha256", "sha384", "sha512"};
    private static final String[] SIGNATURES = {"anonymous", "rsa", "dsa", "ecdsa"};

    private SignatureSchemes() {}

    /** The registered name; for GREASE (RFC 8701), private use and unassigned values a name with the number in hex. */
    public static String nameOf(int scheme) {
        String name = NAMES.nameOf(scheme);
        int hash = scheme >>> 8;
        int signature = scheme & 0xff;
        boolean pair = name.startsWith("unassigned_") && hash < HASHES.length && signature < SIGNATURES.length;
        return pair ? SIGNATURES[signature] + "_" + HASHES[hash] : name;
    }
}
