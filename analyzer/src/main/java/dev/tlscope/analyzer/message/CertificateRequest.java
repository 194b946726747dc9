package dev.tlscope.analyzer.message;

import dev.tlscope.analyzer.registry.Iana;
import dev.tlscope.analyzer.registry.SignatureSchemes;
import dev.tlscope.analyzer.wire.MalformedException;
import dev.tlscope.tls.HandshakeType;

/** CertificateRequest (RFC 8446, 4.3.2; RFC 5246, 7.4.4). */
final class CertificateRequest {
    private CertificateRequest() {}

    static void read(FieldReader in, MessageForm negotiated) throws MalformedException {
        if (negotiated.tls13()) {
            in.opaque("certificate_request_context", 1);
            ExtensionDecoder.read(in, HandshakeType.CERTIFICATE_REQUEST);
            return;
        }
        in.numbers("certificate_types", 1, "certificate_type", 1, Iana.CLIENT_CERTIFICATE_TYPE::nameOf);
        if (negotiated.namesSignatures()) {
            in.numbers("supported_signature_algorithms", 2, "signature_scheme", 2, SignatureSchemes::nameOf);
        }
        readAuthorities(in);
    }

    static void readAuthorities(FieldReader in) throws MalformedException {
        in.part("certificate_authorities", 2, list -> {
            while (list.hasMore()) {
                list.part("DistinguishedName", 2, X509Fields::readName);
            }
        });
    }
}
