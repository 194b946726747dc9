package dev.tlscope.analyzer.message;

import dev.tlscope.analyzer.registry.Iana;
import dev.tlscope.analyzer.registry.Registry;
import dev.tlscope.analyzer.wire.MalformedException;
import dev.tlscope.tls.ExtensionType;
import dev.tlscope.tls.HandshakeType;
import java.util.List;
import java.util.Map;

/** Extensions that enable a feature, most of them with one or two fields. */
final class FeatureExtensions {
    private static final int ECH_OUTER = 0;
    private static final Registry ECH_TYPE = Registry.of(1, """
            00 outer
            01 inner
            """);

    private FeatureExtensions() {}

    static void addTo(Map<ExtensionType, ExtensionDecoder.Data> known) {
        known.put(
                ExtensionType.MAX_FRAGMENT_LENGTH,
                (in, message) -> in.number("max_fragment_length", 1, Iana.MAX_FRAGMENT_LENGTH));
        known.put(
                ExtensionType.USER_MAPPING,
                (in, message) -> in.numbers("user_mapping_types", 1, "type", 1, Integer::toString));
        known.put(
                ExtensionType.CLIENT_AUTHZ,
                (in, message) -> in.numbers("authz_format_list", 1, "authz_format", 1, Integer::toString));
        known.put(
                ExtensionType.SERVER_AUTHZ,
                (in, message) -> in.numbers("authz_format_list", 1, "authz_format", 1, Integer::toString));
        known.put(ExtensionType.SRP, (in, message) -> in.text("srp_I", 1));
        known.put(ExtensionType.USE_SRTP, FeatureExtensions::useSrtp);
        known.put(ExtensionType.HEARTBEAT, (in, message) -> in.number("mode", 1, Iana.HEARTBEAT_MODE));
        known.put(ExtensionType.PADDING, (in, message) -> in.rest("zeros"));
        // client_certificate_url, truncated_hmac, encrypt_then_mac, extended_master_secret, post_handshake_auth are
        // empty
        for (ExtensionType empty : List.of(
                ExtensionType.CLIENT_CERTIFICATE_URL,
                ExtensionType.TRUNCATED_HMAC,
                ExtensionType.ENCRYPT_THEN_MAC,
                ExtensionType.EXTENDED_MASTER_SECRET,
                ExtensionType.POST_HANDSHAKE_AUTH)) {
            known.put(empty, (in, message) -> {});
        }
        known.put(ExtensionType.TOKEN_BINDING, FeatureExtensions::tokenBinding);
        known.put(ExtensionType.CACHED_INFO, FeatureExtensions::cachedInfo);
        known.put(ExtensionType.RECORD_SIZE_LIMIT, (in, message) -> in.number("RecordSizeLimit", 2));
        known.put(ExtensionType.SESSION_TICKET, (in, message) -> in.rest("ticket"));
        known.put(ExtensionType.EARLY_DATA, FeatureExtensions::earlyData);
        known.put(ExtensionType.COOKIE, (in, message) -> in.opaque("cookie", 2));
        known.put(ExtensionType.CONNECTION_ID, (in, message) -> in.opaque("cid", 1));
        known.put(ExtensionType.TICKET_REQUEST, FeatureExtensions::ticketRequest);
        known.put(ExtensionType.TLS_FLAGS, (in, message) -> in.opaque("flags", 1));
        known.put(
                ExtensionType.ECH_OUTER_EXTENSIONS,
                (in, message) -> in.numbers("OuterExtensions", 1, "extension_type", 2, ExtensionDecoder::nameOf));
        known.put(ExtensionType.ENCRYPTED_CLIENT_HELLO, FeatureExtensions::encryptedClientHello);
        known.put(ExtensionType.RENEGOTIATION_INFO, (in, message) -> in.opaque("renegotiated_connection", 1));
    }

    /** RFC 5764, 4.1.1. */
    private static void useSrtp(FieldReader in, HandshakeType message) throws MalformedException {
        in.numbers("SRTPProtectionProfiles", 2, "SRTPProtectionProfile", 2, Iana.SRTP_PROFILE::nameOf);
        in.opaque("srtp_mki", 1);
    }

    /** RFC 8472, 2. */
    private static void tokenBinding(FieldReader in, HandshakeType message) throws MalformedException {
        in.number("major", 1);
        in.number("minor", 1);
        in.numbers("key_parameters_list", 1, "key_parameters", 1, Integer::toString);
    }

    /** RFC 7924, 3: the server's answer contains only types. */
    private static void cachedInfo(FieldReader in, HandshakeType message) throws MalformedException {
        in.part("cached_info", 2, list -> {
            while (list.hasMore()) {
                list.element("CachedObject", object -> {
                    object.number("type", 1);
                    if (message == HandshakeType.CLIENT_HELLO) {
                        object.opaque("hash_value", 1);
                    }
                });
            }
        });
    }

    /** RFC 8446, 4.2.10: empty, except in a NewSessionTicket. */
    private static void earlyData(FieldReader in, HandshakeType message) throws MalformedException {
        if (message == HandshakeType.NEW_SESSION_TICKET) {
            in.uint32("max_early_data_size");
        }
    }

    /** RFC 9149, 3. */
    private static void ticketRequest(FieldReader in, HandshakeType message) throws MalformedException {
        if (message == HandshakeType.CLIENT_HELLO) {
            in.number("new_session_count", 1);
            in.number("resumption_count", 1);
        } else {
            in.number("expected_count", 1);
        }
    }

    /** RFC 9849, 5. */
    private static void encryptedClientHello(FieldReader in, HandshakeType message) throws MalformedException {
        if (message == HandshakeType.HELLO_RETRY_REQUEST) {
            in.bytes("confirmation", 8);
        } else if (message != HandshakeType.CLIENT_HELLO) {
            in.opaque("retry_configs", 2);
        } else if (in.number("type", 1, ECH_TYPE) == ECH_OUTER) {
            in.number("kdf_id", 2, Iana.KDF);
            in.number("aead_id", 2, Iana.AEAD);
            in.number("config_id", 1);
            in.opaque("enc", 2);
            in.opaque("payload", 2);
        }
    }
}
