package dev.tlscope.analyzer.registry;

/** IANA TLS ExtensionType Values registry. */
public final class ExtensionTypes {
    /** Without an entry for the two of RFC 8446, 4.2 whose number is reserved: 40 and 46. */
    private static final Registry NAMES = Registry.of(2, """
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

    private ExtensionTypes() {}

    /** The registered name; GREASE (RFC 8701), private use and unassigned values with their number in hex. */
    public static String nameOf(int type) {
        return NAMES.nameOf(type);
    }
}
