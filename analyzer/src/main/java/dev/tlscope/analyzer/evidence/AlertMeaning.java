package dev.tlscope.analyzer.evidence;

/** The meaning of an alert by RFC 8446, 6 (RFC 5246, 7.2 for older ones), in half a sentence. */
public final class AlertMeaning {
    private AlertMeaning() {}

    public static String of(int description) {
        return switch (description) {
            case 10 -> "a message came at a place where it does not belong";
            case 20 -> "a record could not be deprotected";
            case 22 -> "a record was longer than allowed";
            case 40 ->
                "no acceptable set of security parameters was found (JSSE sends it for many other reasons," + " too)";
            case 42 -> "our certificate was corrupt or its signature did not verify";
            case 43 -> "our certificate is of an unsupported type";
            case 44 -> "our certificate was revoked";
            case 45 -> "our certificate has expired or is not valid";
            case 46 -> "our certificate was not accepted, for some other reason";
            case 47 -> "a field of the handshake was out of range or inconsistent";
            case 48 -> "our certificate's authority is not known or not trusted there";
            case 49 -> "our certificate is valid, and access is denied";
            case 50 -> "a message could not be decoded";
            case 51 -> "a signature, a Finished or a PSK binder did not verify";
            case 70 -> "the protocol version that we offered is not supported there";
            case 71 -> "the peer requires stronger security parameters than we have";
            case 80 -> "an internal error of the peer; some send it where they have no other alert";
            case 86 -> "a fallback to a lower version was refused";
            case 90 -> "the user cancelled the handshake";
            case 109 -> "an extension that must be there is missing";
            case 110 -> "an extension came that was not asked for";
            case 112 -> "there is no server with the name that we asked for";
            case 115 -> "no acceptable PSK identity was offered";
            case 116 -> "a client certificate is required, and we sent none";
            case 120 -> "no application protocol (ALPN) is common";
            default -> "see the IANA registry of TLS alerts";
        };
    }
}
