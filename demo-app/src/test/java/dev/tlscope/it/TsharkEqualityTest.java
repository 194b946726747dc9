package dev.tlscope.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every field that tlscope and tshark both decode, of the same capture, value for value and in the same order. */
class TsharkEqualityTest {
    /** Tshark's field, and ours: PARENT/NAME or NAME; with # its number, with -N its length less N. */
    private static final Map<String, List<String>> FIELDS = new LinkedHashMap<>();

    static {
        FIELDS.put("tls.handshake.type", List.of("#msg_type"));
        FIELDS.put("tls.handshake.length", List.of("#length"));
        FIELDS.put("tls.handshake.version", List.of("#legacy_version"));
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

    @TempDir
    private Path directory;

    /** What is decoded is the wire's: three JDKs will do. From 27 on certificates are compressed, which tshark 4.0 leaves so. */
    static Stream<Arguments> cells() {
        return Jdk.all().stream()
                .filter(jdk -> List.of(8, 17, 26).contains(jdk.version()))
                .flatMap(jdk -> Stream.of(
                        Arguments.of(jdk, "TLSv1.3", "", "want", 25),
                        Arguments.of(jdk, "TLSv1.2", "", "want", 24),
                        Arguments.of(jdk, "TLSv1.2", "TLS_RSA_WITH_AES_128_CBC_SHA", "none", 16),
                        Arguments.of(jdk, "TLSv1.2", "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256", "none", 21)));
    }

    @ParameterizedTest(name = "{0} {1} {2} {3}")
    @MethodSource("cells")
    void tsharkSaysTheSame(Jdk jdk, String protocol, String suite, String clientAuth, int atLeast) throws Exception {
        Bench bench = new Bench(directory);
        List<String> offer = new ArrayList<>(List.of("--protocols", protocol));
        if (!suite.isEmpty()) {
            offer.addAll(List.of("--suites", suite));
        }
        String[] both = offer.toArray(new String[0]);
        Scenario.Ran ran = new Scenario(bench, jdk)
                .handshakes(2)
                .serverJvm(bench.agent("secrets=on,keep=all,records=all,quiet=true"))
                .server(both)
                .server("--client-auth", clientAuth)
                .client(both)
                .run();
        assertThat(ran.clientOut().lines()).hasSize(2).allMatch(line -> line.startsWith("ok " + protocol));
        Path file = bench.captures().get(0);
        List<JsonNode> messages = messages(bench, file);
        assertThat(messages).hasSizeGreaterThan(15);
        int compared = 0;
        Map<String, List<String>> tshark = tshark(file, List.copyOf(FIELDS.keySet()));
        for (Map.Entry<String, List<String>> entry : FIELDS.entrySet()) {
            List<String> theirs = tshark.get(entry.getKey());
            List<String> ours = ours(messages, entry.getValue());
            assertThat(ours).as(entry.getKey()).isEqualTo(theirs);
            compared += theirs.isEmpty() ? 0 : 1;
        }
        assertThat(compared).as("fields that both have").isGreaterThanOrEqualTo(atLeast);
    }

    /** The decoded messages, in the order of their time; connections follow each other. */
    private static List<JsonNode> messages(Bench bench, Path file) throws Exception {
        Bench.Ran exported = bench.cli(Jdk.current(), "export", "--to", "json", file.toString());
        assertThat(exported.exitCode()).as(exported.err()).isZero();
        List<JsonNode> messages = new ArrayList<>();
        for (String line : exported.out().lines().toList()) {
            for (JsonNode event : new ObjectMapper().readTree(line).get("events")) {
                if (event.has("message")) {
                    assertThat(event.at("/message/malformed").asBoolean())
                            .as(event.toString())
                            .isFalse();
                    messages.add(event.get("message"));
                }
            }
        }
        return messages;
    }

    /** All of these fields' values, in the order of the packets. */
    private static Map<String, List<String>> tshark(Path file, List<String> fields) {
        List<String> arguments = new ArrayList<>(
                List.of("-Y", "tls", "-T", "fields", "-E", "separator=|", "-E", "occurrence=a", "-E", "aggregator=;"));
        fields.forEach(field -> arguments.addAll(List.of("-e", field)));
        Map<String, List<String>> values = new LinkedHashMap<>();
        fields.forEach(field -> values.put(field, new ArrayList<>()));
        for (String line :
                Tshark.read(file, arguments.toArray(new String[0])).lines().toList()) {
            String[] columns = line.split("\\|", -1);
            assertThat(columns).hasSize(fields.size());
            for (int i = 0; i < columns.length; i++) {
                Arrays.stream(columns[i].split(";"))
                        .map(value -> value.replace(":", ""))
                        .map(value ->
                                value.startsWith("0x") ? Long.decode(value).toString() : value)
                        .filter(value -> !value.isEmpty())
                        .forEach(values.get(fields.get(i))::add);
            }
        }
        return values;
    }

    private static List<String> ours(List<JsonNode> messages, List<String> selectors) {
        List<String> values = new ArrayList<>();
        for (JsonNode message : messages) {
            collect(message, message.get("name").asText(), selectors, values);
        }
        return values;
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
