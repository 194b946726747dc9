package dev.tlscope.analyzer.message;

import dev.tlscope.analyzer.registry.Iana;
import dev.tlscope.analyzer.registry.ProtocolVersions;
import dev.tlscope.analyzer.wire.MalformedException;
import dev.tlscope.tls.HandshakeType;
import java.util.Optional;

/** Certificate (RFC 8446, 4.4.2; RFC 5246, 7.4.2), and the compressed one (RFC 8879, 4). */
final class CertificateMessage {
    private CertificateMessage() {}

    static void read(FieldReader in, MessageForm negotiated) throws MalformedException {
        boolean tls13 = negotiated.tls13();
        if (tls13) {
            in.opaque("certificate_request_context", 1);
        }
        in.part("certificate_list", 3, list -> {
            while (list.hasMore()) {
                list.element("CertificateEntry", entry -> {
                    entry.part("cert_data", 3, X509Fields::read);
                    if (tls13) {
                        ExtensionDecoder.read(entry, HandshakeType.CERTIFICATE);
                    }
                });
            }
        });
    }

    static void readCompressed(FieldReader in) throws MalformedException {
        int algorithm = in.number("algorithm", 2, Iana.CERTIFICATE_COMPRESSION);
        int length = in.number("uncompressed_length", 3);
        int from = in.position();
        in.opaque("compressed_certificate_message", 3);
        Optional<byte[]> plain = Inflated.of(algorithm, in.source(), from + 3, in.position(), length);
        if (plain.isPresent()) {
            FieldReader inside = new FieldReader(plain.get(), 0, length);
            inside.readAll(body -> read(body, new MessageForm(ProtocolVersions.TLS13, -1)));
            in.derived("Certificate", inside.fields());
        } else {
            in.derived("Certificate", "not unpacked: not zlib, or not of the length that it says");
        }
    }
}
