package dev.tlscope.analyzer.message;

/** The smaller registries of IANA's TLS Parameters and TLS ExtensionType Values, complete, by their names there. */
final class Iana {
    /** Without an entry for the two of RFC 8446, 4.2 whose number is reserved: 40 and 46. */
    static final Registry EXTENSION = Registry.of(2, """
            0000 server_name
            0001 max_fragment_length
            0002 client_certificate_url
            0003 trusted_ca_keys
            0004 truncated_hmac
            0005 status_request
            0006 user_mapping
            0007 client_authz
            0008 server_authz
            0009 cert_type
            000a supported_groups
            000b ec_point_formats
            000c srp
            000d signature_algorithms
            000e use_srtp
            000f heartbeat
            0010 application_layer_protocol_negotiation
            0011 status_request_v2
            0012 signed_certificate_timestamp
            0013 client_certificate_type
            0014 server_certificate_type
            0015 padding
            0016 encrypt_then_mac
            0017 extended_master_secret
            0018 token_binding
            0019 cached_info
            001a tls_lts
            001b compress_certificate
            001c record_size_limit
            001d pwd_protect
            001e pwd_clear
            001f password_salt
            0020 ticket_pinning
            0021 tls_cert_with_extern_psk
            0022 delegated_credential
            0023 session_ticket
            0024 TLMSP
            0025 TLMSP_proxying
            0026 TLMSP_delegate
            0027 supported_ekt_ciphers
            0028 reserved_0x0028
            0029 pre_shared_key
            002a early_data
            002b supported_versions
            002c cookie
            002d psk_key_exchange_modes
            002e reserved_0x002e
            002f certificate_authorities
            0030 oid_filters
            0031 post_handshake_auth
            0032 signature_algorithms_cert
            0033 key_share
            0034 transparency_info
            0035 connection_id_deprecated
            0036 connection_id
            0037 external_id_hash
            0038 external_session_id
            0039 quic_transport_parameters
            003a ticket_request
            003b dnssec_chain
            003c sequence_number_encryption_algorithms
            003d rrc
            003e tls_flags
            fd00 ech_outer_extensions
            fe0d encrypted_client_hello
            ff01 renegotiation_info
            """).withPrivateUse(0xff00, 0xffff);

    static final Registry GROUP = Registry.of(2, """
            0001 sect163k1
            0002 sect163r1
            0003 sect163r2
            0004 sect193r1
            0005 sect193r2
            0006 sect233k1
            0007 sect233r1
            0008 sect239k1
            0009 sect283k1
            000a sect283r1
            000b sect409k1
            000c sect409r1
            000d sect571k1
            000e sect571r1
            000f secp160k1
            0010 secp160r1
            0011 secp160r2
            0012 secp192k1
            0013 secp192r1
            0014 secp224k1
            0015 secp224r1
            0016 secp256k1
            0017 secp256r1
            0018 secp384r1
            0019 secp521r1
            001a brainpoolP256r1
            001b brainpoolP384r1
            001c brainpoolP512r1
            001d x25519
            001e x448
            001f brainpoolP256r1tls13
            0020 brainpoolP384r1tls13
            0021 brainpoolP512r1tls13
            0022 GC256A
            0023 GC256B
            0024 GC256C
            0025 GC256D
            0026 GC512A
            0027 GC512B
            0028 GC512C
            0029 curveSM2
            0100 ffdhe2048
            0101 ffdhe3072
            0102 ffdhe4096
            0103 ffdhe6144
            0104 ffdhe8192
            0200 MLKEM512
            0201 MLKEM768
            0202 MLKEM1024
            11eb SecP256r1MLKEM768
            11ec X25519MLKEM768
            11ed SecP384r1MLKEM1024
            11ee curveSM2MLKEM768
            6399 X25519Kyber768Draft00
            639a SecP256r1Kyber768Draft00
            ff01 arbitrary_explicit_prime_curves
            ff02 arbitrary_explicit_char2_curves
            """).withPrivateUse(0xfe00, 0xfeff);

    static final Registry COMPRESSION_METHOD = Registry.of(1, """
            00 null
            01 DEFLATE
            40 LZS
            """).withPrivateUse(0xe0, 0xff);

    static final Registry POINT_FORMAT = Registry.of(1, """
            00 uncompressed
            01 ansiX962_compressed_prime
            02 ansiX962_compressed_char2
            """).withPrivateUse(0xf8, 0xff);

    static final Registry CURVE_TYPE = Registry.of(1, """
            01 explicit_prime
            02 explicit_char2
            03 named_curve
            """).withPrivateUse(0xf8, 0xff);

    static final Registry CLIENT_CERTIFICATE_TYPE = Registry.of(1, """
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

    static final Registry CERTIFICATE_TYPE = Registry.of(1, """
            00 X509
            01 OpenPGP_RESERVED
            02 Raw Public Key
            03 1609Dot2
            """).withPrivateUse(0xe0, 0xff);

    static final Registry STATUS_TYPE = Registry.of(1, """
            01 ocsp
            02 ocsp_multi
            """);

    static final Registry CERTIFICATE_COMPRESSION = Registry.of(2, """
            0001 zlib
            0002 brotli
            0003 zstd
            """).withPrivateUse(0x4000, 0xffff);

    /** RFC 6066, 4. */
    static final Registry MAX_FRAGMENT_LENGTH = Registry.of(1, """
            01 2^9
            02 2^10
            03 2^11
            04 2^12
            """);

    static final Registry PSK_KEY_EXCHANGE_MODE = Registry.of(1, """
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

    static final Registry NAME_TYPE = Registry.of(1, """
            00 host_name
            """);

    static final Registry HEARTBEAT_MODE = Registry.of(1, """
            01 peer_allowed_to_send
            02 peer_not_allowed_to_send
            """);

    static final Registry SRTP_PROFILE = Registry.of(2, """
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

    static final Registry KDF = Registry.of(2, """
            0001 HKDF_SHA256
            0002 HKDF_SHA384
            0003 HKDF_SHA512
            """);

    static final Registry AEAD = Registry.of(2, """
            0001 AES_128_GCM
            0002 AES_256_GCM
            0003 ChaCha20Poly1305
            """);

    static final Registry KEY_UPDATE_REQUEST = Registry.of(1, """
            00 update_not_requested
            01 update_requested
            """);

    private Iana() {}
}
