package dev.tlscope.analyzer.message;

import dev.tlscope.analyzer.registry.Iana;
import dev.tlscope.analyzer.registry.Registry;
import dev.tlscope.analyzer.wire.MalformedException;
import dev.tlscope.tls.ExtensionType;
import dev.tlscope.tls.HandshakeType;
import java.util.Map;

/** Extensions for names, certificates and certificate status. */
final class NameExtensions {
    private static final int OCSP = 1;
    private static final int OCSP_MULTI = 2;

    private NameExtensions() {}

    static void addTo(Map<ExtensionType, ExtensionDecoder.Data> known) {
        known.put(ExtensionType.SERVER_NAME, NameExtensions::serverName);
        known.put(ExtensionType.STATUS_REQUEST, NameExtensions::statusRequest);
        known.put(ExtensionType.CERT_TYPE, (in, message) -> certificateTypes(in, message, Iana.CERTIFICATE_TYPE));
        known.put(ExtensionType.APPLICATION_LAYER_PROTOCOL_NEGOTIATION, NameExtensions::applicationProtocols);
        known.put(ExtensionType.STATUS_REQUEST_V2, NameExtensions::statusRequestV2);
        known.put(ExtensionType.SIGNED_CERTIFICATE_TIMESTAMP, NameExtensions::certificateTimestamps);
        known.put(
                ExtensionType.CLIENT_CERTIFICATE_TYPE,
                (in, message) -> certificateTypes(in, message, Iana.CERTIFICATE_TYPE));
        known.put(
                ExtensionType.SERVER_CERTIFICATE_TYPE,
                (in, message) -> certificateTypes(in, message, Iana.CERTIFICATE_TYPE));
        known.put(
                ExtensionType.COMPRESS_CERTIFICATE,
                (in, message) -> in.numbers("algorithms", 1, "algorithm", 2, Iana.CERTIFICATE_COMPRESSION::nameOf));
        known.put(ExtensionType.CERTIFICATE_AUTHORITIES, (in, message) -> CertificateRequest.readAuthorities(in));
        known.put(ExtensionType.OID_FILTERS, NameExtensions::oidFilters);
    }

    /** RFC 6066, 3: empty in a server's message. */
    private static void serverName(FieldReader in, HandshakeType message) throws MalformedException {
        if (in.hasMore()) {
            in.part("server_name_list", 2, list -> {
                while (list.hasMore()) {
                    list.element("ServerName", name -> {
                        name.number("name_type", 1, Iana.NAME_TYPE);
                        name.text("host_name", 2);
                    });
                }
            });
        }
    }

    /** RFC 6066, 8; RFC 8446, 4.4.2.1. Empty in a server's message of TLS 1.2. */
    private static void statusRequest(FieldReader in, HandshakeType message) throws MalformedException {
        if (!in.hasMore()) {
            return;
        }
        if (message == HandshakeType.CERTIFICATE) {
            SmallMessages.readCertificateStatus(in);
        } else if (in.number("status_type", 1, Iana.STATUS_TYPE) == OCSP) {
            ocspRequest(in);
        } else {
            in.rest("request");
        }
    }

    /** RFC 6961, 2.2. */
    private static void statusRequestV2(FieldReader in, HandshakeType message) throws MalformedException {
        if (in.hasMore()) {
            in.part("certificate_status_req_list", 2, list -> {
                while (list.hasMore()) {
                    list.element("CertificateStatusRequestItemV2", item -> {
                        int type = item.number("status_type", 1, Iana.STATUS_TYPE);
                        item.part("request", 2, request -> {
                            if (type == OCSP || type == OCSP_MULTI) {
                                ocspRequest(request);
                            } else {
                                request.rest("request");
                            }
                        });
                    });
                }
            });
        }
    }

    private static void ocspRequest(FieldReader in) throws MalformedException {
        in.part("responder_id_list", 2, list -> {
            while (list.hasMore()) {
                list.opaque("ResponderID", 2);
            }
        });
        in.opaque("request_extensions", 2);
    }

    /** RFC 6962, 3.3: empty in a request. */
    private static void certificateTimestamps(FieldReader in, HandshakeType message) throws MalformedException {
        if (in.hasMore()) {
            in.part("sct_list", 2, list -> {
                while (list.hasMore()) {
                    list.opaque("SerializedSCT", 2);
                }
            });
        }
    }

    /** RFC 7301, 3.1. */
    private static void applicationProtocols(FieldReader in, HandshakeType message) throws MalformedException {
        in.part("protocol_name_list", 2, list -> {
            while (list.hasMore()) {
                list.text("ProtocolName", 1);
            }
        });
    }

    /** RFC 7250, 3; RFC 6091, 3: the client offers a list, the server names one. */
    static void certificateTypes(FieldReader in, HandshakeType message, Registry names) throws MalformedException {
        if (message == HandshakeType.CLIENT_HELLO) {
            in.numbers("certificate_types", 1, "certificate_type", 1, names::nameOf);
        } else {
            in.number("certificate_type", 1, names);
        }
    }

    /** RFC 8446, 4.2.5. */
    private static void oidFilters(FieldReader in, HandshakeType message) throws MalformedException {
        in.part("filters", 2, list -> {
            while (list.hasMore()) {
                list.element("OIDFilter", filter -> {
                    filter.opaque("certificate_extension_oid", 1);
                    filter.opaque("certificate_extension_values", 2);
                });
            }
        });
    }
}
