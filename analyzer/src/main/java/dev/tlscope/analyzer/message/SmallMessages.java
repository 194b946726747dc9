package dev.tlscope.analyzer.message;

import dev.tlscope.analyzer.registry.Iana;
import dev.tlscope.analyzer.registry.ProtocolVersions;
import dev.tlscope.analyzer.wire.MalformedException;
import dev.tlscope.tls.AlertDescription;
import dev.tlscope.tls.HandshakeType;

/** Messages of one or two fields. */
final class SmallMessages {
    private static final int OCSP = 1;
    private static final int OCSP_MULTI = 2;

    private SmallMessages() {}

    /** RFC 6347, 4.2.1. */
    static void readHelloVerifyRequest(FieldReader in) throws MalformedException {
        in.number("server_version", 2, ProtocolVersions::nameOf);
        in.opaque("cookie", 1);
    }

    /** RFC 8446, 4.6.1; RFC 5077, 3.3. */
    static void readNewSessionTicket(FieldReader in, MessageForm negotiated) throws MalformedException {
        if (negotiated.tls13()) {
            in.uint32("ticket_lifetime");
            in.uint32("ticket_age_add");
            in.opaque("ticket_nonce", 1);
            in.opaque("ticket", 2);
            ExtensionDecoder.read(in, HandshakeType.NEW_SESSION_TICKET);
        } else {
            in.uint32("ticket_lifetime_hint");
            in.opaque("ticket", 2);
        }
    }

    /** RFC 6066, 8; RFC 6961, 2.2. */
    static void readCertificateStatus(FieldReader in) throws MalformedException {
        int type = in.number("status_type", 1, Iana.STATUS_TYPE);
        if (type == OCSP) {
            in.opaque("OCSPResponse", 3);
        } else if (type == OCSP_MULTI) {
            in.part("ocsp_response_list", 3, list -> {
                while (list.hasMore()) {
                    list.opaque("OCSPResponse", 3);
                }
            });
        } else {
            in.rest("response");
        }
    }

    /** RFC 8446, 6. */
    static void readAlert(FieldReader in) throws MalformedException {
        in.number("level", 1, AlertDescription::levelName);
        in.number("description", 1, AlertDescription::nameOf);
    }
}
