package dev.tlscope.tls;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Extension types (RFC 8446, 4.2 and the IANA TLS ExtensionType Values registry), two bytes on the wire. */
public enum ExtensionType {
    SERVER_NAME(0),
    MAX_FRAGMENT_LENGTH(1),
    CLIENT_CERTIFICATE_URL(2),
    TRUSTED_CA_KEYS(3),
    TRUNCATED_HMAC(4),
    STATUS_REQUEST(5),
    USER_MAPPING(6),
    CLIENT_AUTHZ(7),
    SERVER_AUTHZ(8),
    CERT_TYPE(9),
    SUPPORTED_GROUPS(10),
    EC_POINT_FORMATS(11),
    SRP(12),
    SIGNATURE_ALGORITHMS(13),
    USE_SRTP(14),
    HEARTBEAT(15),
    APPLICATION_LAYER_PROTOCOL_NEGOTIATION(16),
    STATUS_REQUEST_V2(17),
    SIGNED_CERTIFICATE_TIMESTAMP(18),
    CLIENT_CERTIFICATE_TYPE(19),
    SERVER_CERTIFICATE_TYPE(20),
    PADDING(21),
    ENCRYPT_THEN_MAC(22),
    EXTENDED_MASTER_SECRET(23),
    TOKEN_BINDING(24),
    CACHED_INFO(25),
    TLS_LTS(26),
    COMPRESS_CERTIFICATE(27),
    RECORD_SIZE_LIMIT(28),
    PWD_PROTECT(29),
    PWD_CLEAR(30),
    PASSWORD_SALT(31),
    TICKET_PINNING(32),
    TLS_CERT_WITH_EXTERN_PSK(33),
    DELEGATED_CREDENTIAL(34),
    SESSION_TICKET(35),
    TLMSP(36),
    TLMSP_PROXYING(37),
    TLMSP_DELEGATE(38),
    SUPPORTED_EKT_CIPHERS(39),
    PRE_SHARED_KEY(41),
    EARLY_DATA(42),
    SUPPORTED_VERSIONS(43),
    COOKIE(44),
    PSK_KEY_EXCHANGE_MODES(45),
    CERTIFICATE_AUTHORITIES(47),
    OID_FILTERS(48),
    POST_HANDSHAKE_AUTH(49),
    SIGNATURE_ALGORITHMS_CERT(50),
    KEY_SHARE(51),
    TRANSPARENCY_INFO(52),
    CONNECTION_ID_DEPRECATED(53),
    CONNECTION_ID(54),
    EXTERNAL_ID_HASH(55),
    EXTERNAL_SESSION_ID(56),
    QUIC_TRANSPORT_PARAMETERS(57),
    TICKET_REQUEST(58),
    DNSSEC_CHAIN(59),
    SEQUENCE_NUMBER_ENCRYPTION_ALGORITHMS(60),
    RRC(61),
    TLS_FLAGS(62),
    ECH_OUTER_EXTENSIONS(0xfd00),
    ENCRYPTED_CLIENT_HELLO(0xfe0d),
    RENEGOTIATION_INFO(0xff01);

    private static final Map<Integer, ExtensionType> BY_NUMBER = new HashMap<>();

    static {
        for (ExtensionType type : values()) {
            BY_NUMBER.put(type.number, type);
        }
    }

    private final int number;

    ExtensionType(int number) {
        this.number = number;
    }

    /** The value on the wire, 0 to 65535. */
    public int number() {
        return number;
    }

    /** The name in the registry. */
    public String registeredName() {
        return name().startsWith("TLMSP")
                ? name().replace("_PROXYING", "_proxying").replace("_DELEGATE", "_delegate")
                : name().toLowerCase(Locale.ROOT);
    }

    /** The type with that number; null for an unregistered one. */
    public static @Nullable ExtensionType of(int number) {
        return BY_NUMBER.get(number);
    }
}
