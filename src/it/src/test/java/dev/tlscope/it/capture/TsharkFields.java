package dev.tlscope.it.capture;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares every field of a message that both the analyzer and tshark decode, value by value and in order. */
final class TsharkFields {
    /** tshark's field, and ours: PARENT/NAME or NAME; with # its number, with -N its length minus N. */
    private static final Map<String, List<String>> FIELDS = new LinkedHashMap<>();

    static {
        FIELDS.put("tls.handshake.type", List.of("#msg_type"));
        FIELDS.put("tls.handshake.length", List.of("#length"));
        FIELDS.put("tls.handshake.version", List.of("#legacy_version", "#server_version"));
        FIELDS.put("tls.handshake.random", List.of("random"));
        FIELDS.put("tls.handshake.session_id", List.of("legacy_session_id", "legacy_session_id_echo"));
        FIELDS.put("tls.handshake.ciphersuite", List.of("#cipher_suite"));
        FIELDS.put("tls.handshake.comp_method", List.of("#compression_method", "#legacy_compression_method"));
        FIELDS.put("tls.handshake.extension.type", List.of("#extensions/*"));
        FIELDS.put("tls.handshake.extension.len", List.of("-4extensions/*"));
        FIELDS.put("tls.handshake.extensions_server_name", List.of("host_name"));
        FIELDS.put("tls.handshake.extensions_server_name_type", List.of("#name_type"));
        FIELDS.put("tls.handshake.extensions_supported_group", List.of("#named_group"));
        FIELDS.put("tls.handshake.extensions_ec_point_format", List.of("#ec_point_format"));
        FIELDS.put("tls.handshake.sig_hash_alg", List.of("#signature_scheme", "#algorithm"));
        FIELDS.put("tls.handshake.extensions_alpn_str", List.of("ProtocolName"));
        FIELDS.put("tls.handshake.extensions_key_share_group", List.of("#group"));
        FIELDS.put("tls.handshake.extensions_key_share_selected_group", List.of("#selected_group"));
        FIELDS.put("tls.handshake.extensions_key_share_key_exchange", List.of("key_exchange"));
        FIELDS.put("tls.handshake.extensions.supported_version", List.of("#version", "#selected_version"));
        FIELDS.put("tls.handshake.extensions.psk.identity.identity", List.of("identity"));
        FIELDS.put("tls.handshake.extensions.psk.identity.obfuscated_ticket_age", List.of("#obfuscated_ticket_age"));
        FIELDS.put("tls.handshake.extensions.psk.identity.selected", List.of("#selected_identity"));
        FIELDS.put("tls.extension.psk_ke_mode", List.of("#ke_mode"));
        FIELDS.put("tls.handshake.extensions_status_request_type", List.of("#status_type"));
        FIELDS.put("tls.handshake.extensions_reneg_info_len", List.of("-1renegotiated_connection"));
        FIELDS.put("tls.handshake.certificate", List.of("cert_data/der"));
        FIELDS.put("tls.handshake.certificate_request_context_length", List.of("-1certificate_request_context"));
        FIELDS.put("tls.handshake.cert_type", List.of("#certificate_type"));
        FIELDS.put("tls.handshake.dname_len", List.of("-2DistinguishedName"));
        FIELDS.put("tls.handshake.server_curve_type", List.of("#curve_type"));
        FIELDS.put("tls.handshake.server_named_curve", List.of("#named_curve"));
        FIELDS.put("tls.handshake.server_point", List.of("public"));
        FIELDS.put("tls.handshake.client_point", List.of("ecdh_Yc"));
        FIELDS.put("tls.handshake.p", List.of("dh_p"));
        FIELDS.put("tls.handshake.g", List.of("dh_g"));
        FIELDS.put("tls.handshake.ys", List.of("dh_Ys"));
        FIELDS.put("tls.handshake.yc", List.of("dh_Yc"));
        FIELDS.put("tls.handshake.epms_len", List.of("-2encrypted_pre_master_secret"));
        FIELDS.put("tls.handshake.sig", List.of("ServerKeyExchange/signature"));
        FIELDS.put("tls.handshake.client_cert_vrfy.sig", List.of("CertificateVerify/signature"));
        FIELDS.put("tls.handshake.session_ticket_lifetime_hint", List.of("#ticket_lifetime", "#ticket_lifetime_hint"));
        FIELDS.put("tls.handshake.session_ticket_age_add", List.of("#ticket_age_add"));
        FIELDS.put("tls.handshake.session_ticket_nonce", List.of("ticket_nonce"));
        FIELDS.put("tls.handshake.session_ticket", List.of("NewSessionTicket/ticket"));
        FIELDS.put("tls.alert_message.level", List.of("#level"));
        FIELDS.put("tls.alert_message.desc", List.of("#description"));
    }

    private TsharkFields() {}

    /**
     * The first field in which the two differ, or an empty text.
     *
     * @param decoded the analyzer's message
     * @param compared receives the names of the fields that both have
     */
    static String difference(JsonNode decoded, TsharkNode dissected, Set<String> compared) {
        Map<String, List<String>> theirs = new LinkedHashMap<>();
        dissected.walk(node -> theirs.computeIfAbsent(plain(node.name()), name -> new ArrayList<>())
                .add(value(node.show())));
        for (Map.Entry<String, List<String>> field : FIELDS.entrySet()) {
            List<String> wanted = new ArrayList<>(theirs.getOrDefault(field.getKey(), List.of()));
            wanted.removeIf(String::isEmpty);
            List<String> found = new ArrayList<>();
            collect(decoded, decoded.path("name").asText(), field.getValue(), found);
            if (!wanted.equals(found)) {
                return field.getKey() + " of " + decoded.path("name").asText() + ":\n" + wanted + "\n" + found;
            }
            if (!wanted.isEmpty()) {
                compared.add(field.getKey());
            }
        }
        return "";
    }

    /** The name of TLS for a field that DTLS has under its own name. */
    private static String plain(String name) {
        return name.startsWith("dtls.") ? name.substring(1) : name;
    }

    /** The value in the analyzer's form: decimal numbers, bytes without colons. */
    private static String value(String show) {
        return show.startsWith("0x") ? Long.decode(show).toString() : show.replace(":", "");
    }

    private static void collect(JsonNode parent, String parentName, List<String> selectors, List<String> values) {
        for (JsonNode field : parent.get("fields")) {
            String name = field.get("name").asText();
            for (String selector : selectors) {
                String path = selector.replaceFirst("^(#|-\\d)", "");
                if (path.equals(name) || path.equals(parentName + "/" + name) || path.equals(parentName + "/*")) {
                    String value = value(field, selector);
                    if (!value.isEmpty()) {
                        values.add(value);
                    }
                }
            }
            if (field.has("fields")) {
                collect(field, name, selectors, values);
            }
        }
    }

    private static String value(JsonNode field, String selector) {
        return switch (selector.charAt(0)) {
            case '#' -> field.get("number").asText();
            case '-' -> "" + (field.get("length").asInt() - (selector.charAt(1) - '0'));
            default -> field.get("value").asText();
        };
    }
}
