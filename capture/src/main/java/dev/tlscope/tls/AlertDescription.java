package dev.tlscope.tls;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** TLS alert descriptions (RFC 8446, 6 and the IANA TLS Alerts registry), which the wire carries as one byte. */
public enum AlertDescription {
    CLOSE_NOTIFY(0),
    UNEXPECTED_MESSAGE(10),
    BAD_RECORD_MAC(20),
    DECRYPTION_FAILED(21),
    RECORD_OVERFLOW(22),
    DECOMPRESSION_FAILURE(30),
    HANDSHAKE_FAILURE(40),
    NO_CERTIFICATE(41),
    BAD_CERTIFICATE(42),
    UNSUPPORTED_CERTIFICATE(43),
    CERTIFICATE_REVOKED(44),
    CERTIFICATE_EXPIRED(45),
    CERTIFICATE_UNKNOWN(46),
    ILLEGAL_PARAMETER(47),
    UNKNOWN_CA(48),
    ACCESS_DENIED(49),
    DECODE_ERROR(50),
    DECRYPT_ERROR(51),
    TOO_MANY_CIDS_REQUESTED(52),
    EXPORT_RESTRICTION(60),
    PROTOCOL_VERSION(70),
    INSUFFICIENT_SECURITY(71),
    INTERNAL_ERROR(80),
    INAPPROPRIATE_FALLBACK(86),
    USER_CANCELED(90),
    NO_RENEGOTIATION(100),
    MISSING_EXTENSION(109),
    UNSUPPORTED_EXTENSION(110),
    CERTIFICATE_UNOBTAINABLE(111),
    UNRECOGNIZED_NAME(112),
    BAD_CERTIFICATE_STATUS_RESPONSE(113),
    BAD_CERTIFICATE_HASH_VALUE(114),
    UNKNOWN_PSK_IDENTITY(115),
    CERTIFICATE_REQUIRED(116),
    GENERAL_ERROR(117),
    NO_APPLICATION_PROTOCOL(120),
    ECH_REQUIRED(121);

    private static final @Nullable AlertDescription[] BY_NUMBER = new AlertDescription[256];

    static {
        for (AlertDescription alert : values()) {
            BY_NUMBER[alert.number] = alert;
        }
    }

    private final int number;
    private final String registeredName;

    AlertDescription(int number) {
        this.number = number;
        this.registeredName = name().toLowerCase(Locale.ROOT);
    }

    /** The value on the wire, 0 to 255. */
    public int number() {
        return number;
    }

    /**
     * True when the alert is about a certificate (RFC 8446, 6.2): bad_certificate to certificate_unknown, unknown_ca,
     * access_denied. False for illegal_parameter, whose number is between them.
     */
    public boolean isAboutCertificate() {
        return number >= BAD_CERTIFICATE.number && number <= ACCESS_DENIED.number && this != ILLEGAL_PARAMETER;
    }

    /** The alert with that number, of which only the lowest eight bits are used; null for an unregistered one. */
    public static @Nullable AlertDescription of(int number) {
        return BY_NUMBER[number & 0xff];
    }

    /** The registered name, or {@code alert_N}. */
    public static String nameOf(int number) {
        AlertDescription alert = of(number);
        return alert != null ? alert.registeredName : "alert_" + (number & 0xff);
    }

    /** {@code warning} for 1, {@code fatal} for 2, or {@code level_N}. */
    public static String levelName(int level) {
        return level == 1 ? "warning" : level == 2 ? "fatal" : "level_" + level;
    }
}
