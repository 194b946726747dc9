package dev.tlscope.tls;

/** Names of TLS alerts (RFC 8446, 6 and the IANA TLS Alerts registry), which the wire carries as one byte. */
public final class AlertDescription {
    private static final String[] NAMES = new String[256];

    static {
        NAMES[0] = "close_notify";
        NAMES[10] = "unexpected_message";
        NAMES[20] = "bad_record_mac";
        NAMES[21] = "decryption_failed";
        NAMES[22] = "record_overflow";
        NAMES[30] = "decompression_failure";
        NAMES[40] = "handshake_failure";
        NAMES[41] = "no_certificate";
        NAMES[42] = "bad_certificate";
        NAMES[43] = "unsupported_certificate";
        NAMES[44] = "certificate_revoked";
        NAMES[45] = "certificate_expired";
        NAMES[46] = "certificate_unknown";
        NAMES[47] = "illegal_parameter";
        NAMES[48] = "unknown_ca";
        NAMES[49] = "access_denied";
        NAMES[50] = "decode_error";
        NAMES[51] = "decrypt_error";
        NAMES[52] = "too_many_cids_requested";
        NAMES[60] = "export_restriction";
        NAMES[70] = "protocol_version";
        NAMES[71] = "insufficient_security";
        NAMES[80] = "internal_error";
        NAMES[86] = "inappropriate_fallback";
        NAMES[90] = "user_canceled";
        NAMES[100] = "no_renegotiation";
        NAMES[109] = "missing_extension";
        NAMES[110] = "unsupported_extension";
        NAMES[111] = "certificate_unobtainable";
        NAMES[112] = "unrecognized_name";
        NAMES[113] = "bad_certificate_status_response";
        NAMES[114] = "bad_certificate_hash_value";
        NAMES[115] = "unknown_psk_identity";
        NAMES[116] = "certificate_required";
        NAMES[117] = "general_error";
        NAMES[120] = "no_application_protocol";
        NAMES[121] = "ech_required";
    }

    private AlertDescription() {}

    /** The registered name, or {@code alert_N}. */
    public static String nameOf(int description) {
        String name = NAMES[description & 0xff];
        return name != null ? name : "alert_" + (description & 0xff);
    }

    /** {@code warning} for 1, {@code fatal} for 2, or {@code level_N}. */
    public static String levelName(int level) {
        return level == 1 ? "warning" : level == 2 ? "fatal" : "level_" + level;
    }
}
