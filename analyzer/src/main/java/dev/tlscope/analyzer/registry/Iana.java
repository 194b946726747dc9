package dev.tlscope.analyzer.registry;

/** The smaller registries of IANA's TLS Parameters and TLS ExtensionType Values, complete, by their names there. */
public final class Iana {
    public static final Registry COMPRESSION_METHOD = Registry.of(1, """
            00 null
            01 DEFLATE
            40 LZS
            """).withPrivateUse(0xe0, 0xff);

    public static final Registry POINT_FORMAT = Registry.of(1, """
            00 uncompressed
            01 ansiX962_compressed_prime
            02 ansiX962_compressed_char2
            """).withPrivateUse(0xf8, 0xff);

    public static final Registry CURVE_TYPE = Registry.of(1, """
            01 explicit_prime
            02 explicit_char2
            03 named_curve
            """).withPrivateUse(0xf8, 0xff);

    public static final Registry CLIENT_CERTIFICATE_TYPE = Registry.of(1, """
            01 rsa_sign
            02 dss_sign
            03 rsa_fixed_dh
            04 dss_fixed_dh
            05 rsa_ephemeral_dh_RESERVED
            06 dss_ephemeral_dh_RESERVED
            14 fortezza_dms_RESERVED
            40 ecdsa_sign
            41 rsa_fixed_ecdh
            42 ecdsa_fixed_ecdh
            43 gost_sign256
            44 gost_sign512
            """).withPrivateUse(0xe0, 0xff);

    public static final Registry CERTIFICATE_TYPE = Registry.of(1, """
            00 X509
            01 OpenPGP_RESERVED
            02 Raw Public Key
            03 1609Dot2
            """).withPrivateUse(0xe0, 0xff);

    public static final Registry STATUS_TYPE = Registry.of(1, """
            01 ocsp
            02 ocsp_multi
            """);

    public static final Registry CERTIFICATE_COMPRESSION = Registry.of(2, """
            0001 zlib
            0002 brotli
            0003 zstd
            """).withPrivateUse(0x4000, 0xffff);

    /** RFC 6066, 4. */
    public static final Registry MAX_FRAGMENT_LENGTH = Registry.of(1, """
            01 2^9
            02 2^10
            03 2^11
            04 2^12
            """);

    public static final Registry PSK_KEY_EXCHANGE_MODE = Registry.of(1, """
            00 psk_ke
            01 psk_dhe_ke
            0b GREASE_0x0b
            2a GREASE_0x2a
            49 GREASE_0x49
            68 GREASE_0x68
            87 GREASE_0x87
            a6 GREASE_0xa6
            c5 GREASE_0xc5
            e4 GREASE_0xe4
            """).withPrivateUse(0xfe, 0xff);

    public static final Registry NAME_TYPE = Registry.of(1, """
            00 host_name
            """);

    public static final Registry HEARTBEAT_MODE = Registry.of(1, """
            01 peer_allowed_to_send
            02 peer_not_allowed_to_send
            """);

    public static final Registry SRTP_PROFILE = Registry.of(2, """
            0001 SRTP_AES128_CM_HMAC_SHA1_80
            0002 SRTP_AES128_CM_HMAC_SHA1_32
            0005 SRTP_NULL_HMAC_SHA1_80
            0006 SRTP_NULL_HMAC_SHA1_32
            0007 SRTP_AEAD_AES_128_GCM
            0008 SRTP_AEAD_AES_256_GCM
            0009 DOUBLE_AEAD_AES_128_GCM_AEAD_AES_128_GCM
            000a DOUBLE_AEAD_AES_256_GCM_AEAD_AES_256_GCM
            000b SRTP_ARIA_128_CTR_HMAC_SHA1_80
            000c SRTP_ARIA_128_CTR_HMAC_SHA1_32
            000d SRTP_ARIA_256_CTR_HMAC_SHA1_80
            000e SRTP_ARIA_256_CTR_HMAC_SHA1_32
            000f SRTP_AEAD_ARIA_128_GCM
            0010 SRTP_AEAD_ARIA_256_GCM
            """);

    public static final Registry KDF = Registry.of(2, """
            0001 HKDF_SHA256
            0002 HKDF_SHA384
            0003 HKDF_SHA512
            """);

    public static final Registry AEAD = Registry.of(2, """
            0001 AES_128_GCM
            0002 AES_256_GCM
            0003 ChaCha20Poly1305
            """);

    public static final Registry KEY_UPDATE_REQUEST = Registry.of(1, """
            00 update_not_requested
            01 update_requested
            """);

    private Iana() {}
}
