package dev.tlscope.analyzer.message;

import dev.tlscope.analyzer.registry.Iana;
import dev.tlscope.analyzer.registry.NamedGroups;
import dev.tlscope.analyzer.registry.ProtocolVersions;
import dev.tlscope.analyzer.registry.SignatureSchemes;
import dev.tlscope.analyzer.wire.MalformedException;
import dev.tlscope.tls.ExtensionType;
import dev.tlscope.tls.HandshakeType;
import java.util.Map;

/** Extensions that negotiate versions, keys and algorithms. */
final class KeyExtensions {
    private KeyExtensions() {}

    static void addTo(Map<ExtensionType, ExtensionDecoder.Data> known) {
        known.put(
                ExtensionType.SUPPORTED_GROUPS,
                (in, message) -> in.numbers("named_group_list", 2, "named_group", 2, NamedGroups::nameOf));
        known.put(
                ExtensionType.EC_POINT_FORMATS,
                (in, message) ->
                        in.numbers("ec_point_format_list", 1, "ec_point_format", 1, Iana.POINT_FORMAT::nameOf));
        known.put(ExtensionType.SIGNATURE_ALGORITHMS, KeyExtensions::signatureAlgorithms);
        known.put(ExtensionType.SIGNATURE_ALGORITHMS_CERT, KeyExtensions::signatureAlgorithms);
        known.put(ExtensionType.DELEGATED_CREDENTIAL, KeyExtensions::delegatedCredential);
        known.put(ExtensionType.PRE_SHARED_KEY, KeyExtensions::preSharedKey);
        known.put(ExtensionType.SUPPORTED_VERSIONS, KeyExtensions::supportedVersions);
        known.put(
                ExtensionType.PSK_KEY_EXCHANGE_MODES,
                (in, message) -> in.numbers("ke_modes", 1, "ke_mode", 1, Iana.PSK_KEY_EXCHANGE_MODE::nameOf));
        known.put(ExtensionType.KEY_SHARE, KeyExtensions::keyShare);
    }

    /** RFC 8446, 4.2.3. */
    private static void signatureAlgorithms(FieldReader in, HandshakeType message) throws MalformedException {
        in.numbers("supported_signature_algorithms", 2, "signature_scheme", 2, SignatureSchemes::nameOf);
    }

    /** RFC 9345, 4.1.1: a list in a request, the credential in a Certificate. */
    private static void delegatedCredential(FieldReader in, HandshakeType message) throws MalformedException {
        if (message == HandshakeType.CERTIFICATE) {
            in.uint32("valid_time");
            in.number("dc_cert_verify_algorithm", 2, SignatureSchemes::nameOf);
            in.opaque("ASN1_subjectPublicKeyInfo", 3);
            in.number("algorithm", 2, SignatureSchemes::nameOf);
            in.opaque("signature", 2);
        } else {
            signatureAlgorithms(in, message);
        }
    }

    /** RFC 8446, 4.2.11. */
    private static void preSharedKey(FieldReader in, HandshakeType message) throws MalformedException {
        if (message != HandshakeType.CLIENT_HELLO) {
            in.number("selected_identity", 2);
            return;
        }
        in.part("identities", 2, list -> {
            while (list.hasMore()) {
                list.element("PskIdentity", identity -> {
                    identity.opaque("identity", 2);
                    identity.uint32("obfuscated_ticket_age");
                });
            }
        });
        in.part("binders", 2, list -> {
            while (list.hasMore()) {
                list.opaque("PskBinderEntry", 1);
            }
        });
    }

    /** RFC 8446, 4.2.1. */
    private static void supportedVersions(FieldReader in, HandshakeType message) throws MalformedException {
        if (message == HandshakeType.CLIENT_HELLO) {
            in.numbers("versions", 1, "version", 2, ProtocolVersions::nameOf);
        } else {
            in.number("selected_version", 2, ProtocolVersions::nameOf);
        }
    }

    /** RFC 8446, 4.2.8. */
    private static void keyShare(FieldReader in, HandshakeType message) throws MalformedException {
        switch (message) {
            case CLIENT_HELLO ->
                in.part("client_shares", 2, list -> {
                    while (list.hasMore()) {
                        list.element("KeyShareEntry", KeyExtensions::keyShareEntry);
                    }
                });
            case HELLO_RETRY_REQUEST -> in.number("selected_group", 2, NamedGroups::nameOf);
            default -> in.element("server_share", KeyExtensions::keyShareEntry);
        }
    }

    private static void keyShareEntry(FieldReader in) throws MalformedException {
        in.number("group", 2, NamedGroups::nameOf);
        in.opaque("key_exchange", 2);
    }
}
