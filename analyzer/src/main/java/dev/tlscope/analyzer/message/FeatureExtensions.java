package dev.tlscope.analyzer.message;

import dev.tlscope.analyzer.registry.HandshakeTypes;
import dev.tlscope.analyzer.registry.Iana;
import dev.tlscope.analyzer.registry.Registry;
import java.util.Map;

/** Extensions that switch something on, mostly with a field or two. */
final class FeatureExtensions {
    private static final int ECH_OUTER = 0;
    private static final Registry ECH_TYPE = Registry.of(1, """
            00 outer
            01 inner
            """);

    private FeatureExtensions() {}

    static void addTo(Map<Integer, ExtensionDecoder.Data> known) {
        known.put(1, (in, message) -> in.number("max_fragment_length", 1, Iana.MAX_FRAGMENT_LENGTH));
        known.put(6, (in, message) -> in.numbers("user_mapping_types", 1, "type", 1, Integer::toString));
        known.put(7, (in, message) -> in.numbers("authz_format_list", 1, "authz_format", 1, Integer::toString));
        known.put(8, (in, message) -> in.numbers("authz_format_list", 1, "authz_format", 1, Integer::toString));
        known.put(12, (in, message) -> in.text("srp_I", 1));
        known.put(14, FeatureExtensions::useSrtp);
        known.put(15, (in, message) -> in.number("mode", 1, Iana.HEARTBEAT_MODE));
        known.put(21, (in, message) -> in.rest("zeros"));
        // client_certificate_url, truncated_hmac, encrypt_then_mac, extended_master_secret, post_handshake_auth are
        // empty
        for (int empty : new int[] {2, 4, 22, 23, 49}) {
            known.put(empty, (in, message) -> {});
        }
        known.put(24, FeatureExtensions::tokenBinding);
        known.put(25, FeatureExtensions::cachedInfo);
        known.put(28, (in, message) -> in.number("RecordSizeLimit", 2));
        known.put(35, (in, message) -> in.rest("ticket"));
        known.put(42, FeatureExtensions::earlyData);
        known.put(44, (in, message) -> in.opaque("cookie", 2));
        known.put(54, (in, message) -> in.opaque("cid", 1));
        known.put(58, FeatureExtensions::ticketRequest);
        known.put(62, (in, message) -> in.opaque("flags", 1));
        known.put(
                0xfd00,
                (in, message) -> in.numbers("OuterExtensions", 1, "extension_type", 2, ExtensionDecoder::nameOf));
        known.put(0xfe0d, FeatureExtensions::encryptedClientHello);
        known.put(0xff01, (in, message) -> in.opaque("renegotiated_connection", 1));
    }

    /** RFC 5764, 4.1.1. */
    private static void useSrtp(FieldReader in, int message) throws Malformed {
        in.numbers("SRTPProtectionProfiles", 2, "SRTPProtectionProfile", 2, Iana.SRTP_PROFILE::nameOf);
        in.opaque("srtp_mki", 1);
    }

    /** RFC 8472, 2. */
    private static void tokenBinding(FieldReader in, int message) throws Malformed {
        in.number("major", 1);
        in.number("minor", 1);
        in.numbers("key_parameters_list", 1, "key_parameters", 1, Integer::toString);
    }

    /** RFC 7924, 3: the server answers with the types alone. */
    private static void cachedInfo(FieldReader in, int message) throws Malformed {
        in.part("cached_info", 2, list -> {
            while (list.hasMore()) {
                list.element("CachedObject", object -> {
                    object.number("type", 1);
                    if (message == HandshakeTypes.CLIENT_HELLO) {
                        object.opaque("hash_value", 1);
                    }
                });
            }
        });
    }

    /** RFC 8446, 4.2.10: empty but in a ticket. */
    private static void earlyData(FieldReader in, int message) throws Malformed {
        if (message == HandshakeTypes.NEW_SESSION_TICKET) {
            in.uint32("max_early_data_size");
        }
    }

    /** RFC 9149, 3. */
    private static void ticketRequest(FieldReader in, int message) throws Malformed {
        if (message == HandshakeTypes.CLIENT_HELLO) {
            in.number("new_session_count", 1);
            in.number("resumption_count", 1);
        } else {
            in.number("expected_count", 1);
        }
    }

    /** RFC 9849, 5. */
    private static void encryptedClientHello(FieldReader in, int message) throws Malformed {
        if (message == HandshakeTypes.HELLO_RETRY_REQUEST) {
            in.bytes("confirmation", 8);
        } else if (message != HandshakeTypes.CLIENT_HELLO) {
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
