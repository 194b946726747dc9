package dev.tlscope.analyzer.evidence;

import dev.tlscope.analyzer.message.DecodedField;
import dev.tlscope.analyzer.message.DecodedMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/** The authorities that a CertificateRequest lists (RFC 5246, 7.4.4; RFC 8446, 4.2.4). */
public final class ListedAuthorities {
    private ListedAuthorities() {}

    /** In its order; those that do not parse are left out. */
    public static List<X500Principal> of(DecodedMessage request, byte[] message) {
        Optional<DecodedField> list = request.find("certificate_authorities")
                .or(() -> request.find("extensions", "certificate_authorities", "certificate_authorities"));
        List<X500Principal> names = new ArrayList<>();
        list.ifPresent(field -> field.children("DistinguishedName").forEach(name -> {
            try {
                names.add(new X500Principal(name.content(message)));
            } catch (IllegalArgumentException e) {
                // of no use to whoever looks for an authority
            }
        }));
        return List.copyOf(names);
    }
}
