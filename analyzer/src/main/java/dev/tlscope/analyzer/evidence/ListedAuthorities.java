package dev.tlscope.analyzer.evidence;

import dev.tlscope.analyzer.message.DecodedField;
import dev.tlscope.analyzer.message.DecodedMessage;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Message;
import dev.tlscope.tls.HandshakeType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/** The authorities that a CertificateRequest lists (RFC 5246, 7.4.4; RFC 8446, 4.2.4). */
public final class ListedAuthorities {
    private ListedAuthorities() {}

    /** The authorities of the server's CertificateRequest in words; empty if that was not captured. */
    public static Optional<String> listedBy(Handshake handshake) {
        Optional<DecodedMessage> request = MessageFields.of(handshake).last(HandshakeType.CERTIFICATE_REQUEST, false);
        Optional<Message> raw = handshake.message(HandshakeType.CERTIFICATE_REQUEST, false);
        return request.isEmpty() || raw.isEmpty()
                ? Optional.empty()
                : Optional.of(of(request.get(), raw.get().bytes()))
                        .map(names -> names.isEmpty()
                                ? "none: any is accepted"
                                : Lists.few(names.stream()
                                        .map(X500Principal::getName)
                                        .toList()));
    }

    /** The authorities in order; those that do not parse are left out. */
    public static List<X500Principal> of(DecodedMessage request, byte[] message) {
        Optional<DecodedField> list = request.find("certificate_authorities")
                .or(() -> request.find("extensions", "certificate_authorities", "certificate_authorities"));
        List<X500Principal> names = new ArrayList<>();
        list.ifPresent(field -> field.children("DistinguishedName").forEach(name -> {
            try {
                names.add(new X500Principal(name.content(message)));
            } catch (IllegalArgumentException e) {
                // an authority that does not parse matches nothing
            }
        }));
        return List.copyOf(names);
    }
}
