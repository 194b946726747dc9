package dev.tlscope.analyzer.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.registry.CipherSuites;
import dev.tlscope.analyzer.registry.HandshakeTypes;
import dev.tlscope.tls.ContentType;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages of RFC 8448, 3 and hand-made ones, by field, value, offset and length. */
class MessageDecoderTest {
    private static final String CLIENT_HELLO =
            "010000c00303cb34ecb1e78163ba1c38c6dacb196a6dffa21a8d9912ec18a2ef6283024dece70000"
                    + "06130113031302010000910000000b0009000006736572766572ff01000100000a00140012001d00"
                    + "17001800190100010101020103010400230000003300260024001d002099381de560e4bd43d23d8e"
                    + "435a7dbafeb3c06e51c13cae4d5413691e529aaf2c002b0003020304000d0020001e040305030603"
                    + "020308040805080604010501060102010402050206020202002d00020101001c00024001";
    private static final String SERVER_HELLO =
            "020000560303a6af06a4121860dc5e6e60249cd34c95930c8ac5cb1434dac155772ed3e269280013"
                    + "0100002e00330024001d0020c9828876112095fe66762bdbf7c672e156d6cc253b833df1dd69b1b0"
                    + "4e751f0f002b00020304";
    private static final String RETRY = "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c";

    private final MessageDecoder decoder = new MessageDecoder();

    @Test
    void clientHello() {
        DecodedMessage hello = decode(CLIENT_HELLO);
        assertThat(hello.name()).isEqualTo("ClientHello");
        assertThat(hello.problems()).isEmpty();
        assertThat(values(hello.find("cipher_suites").orElseThrow()))
                .containsExactly("TLS_AES_128_GCM_SHA256", "TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_256_GCM_SHA384");
        assertThat(hello.find("extensions").orElseThrow().children())
                .extracting(DecodedField::name)
                .containsExactly(
                        "server_name",
                        "renegotiation_info",
                        "supported_groups",
                        "session_ticket",
                        "key_share",
                        "supported_versions",
                        "signature_algorithms",
                        "psk_key_exchange_modes",
                        "record_size_limit");
        assertThat(value(hello, "extensions", "server_name", "server_name_list", "ServerName", "host_name"))
                .isEqualTo("server");
        assertThat(value(hello, "extensions", "key_share", "client_shares", "KeyShareEntry", "group"))
                .isEqualTo("x25519");
        DecodedField key = hello.find("extensions", "key_share", "client_shares", "KeyShareEntry", "key_exchange")
                .orElseThrow();
        assertThat(key.value()).startsWith("99381de5").hasSize(64);
        assertThat(HexFormat.of().formatHex(key.content(bytes(CLIENT_HELLO)))).isEqualTo(key.value());
        assertThat(values(hello.find("extensions", "signature_algorithms", "supported_signature_algorithms")
                        .orElseThrow()))
                .startsWith("ecdsa_secp256r1_sha256")
                .endsWith("dsa_sha1");
        assertThat(value(hello, "extensions", "record_size_limit", "RecordSizeLimit"))
                .isEqualTo("16385");
    }

    @Test
    void everyByteBelongsToAField() {
        for (String message : List.of(CLIENT_HELLO, SERVER_HELLO)) {
            DecodedMessage decoded = decode(message);
            for (int at = 0; at < message.length() / 2; at++) {
                assertThat(decoded.at(at)).as("offset %d", at).isNotEmpty();
            }
            assertThat(decoded.at(message.length() / 2)).isEmpty();
        }
    }

    @Test
    void aPathNamesTheFieldOfAByte() {
        DecodedMessage hello = decode(CLIENT_HELLO);
        assertThat(hello.pathAt(0)).isEqualTo("msg_type");
        assertThat(hello.pathAt(6)).isEqualTo("random");
        assertThat(hello.pathAt(43)).isEqualTo("cipher_suites.cipher_suite[1]");
        assertThat(hello.pathAt(bytes(CLIENT_HELLO).length - 1))
                .isEqualTo("extensions.record_size_limit.RecordSizeLimit");
    }

    @Test
    void serverHelloSettlesTheFormOfWhatFollows() {
        DecodedMessage hello = decode(SERVER_HELLO);
        assertThat(value(hello, "extensions", "supported_versions", "selected_version"))
                .isEqualTo("TLSv1.3");
        assertThat(value(hello, "extensions", "key_share", "server_share", "group"))
                .isEqualTo("x25519");
        DecodedMessage certificate = decode("0b000004" + "00000000");
        assertThat(certificate.find("certificate_request_context")).isPresent();
        assertThat(certificate.problems()).isEmpty();
    }

    @Test
    void helloRetryRequest() {
        DecodedMessage retry =
                decode("02000034" + "0303" + RETRY + "00" + "1301" + "00" + "000c" + "002b00020304" + "003300020017");
        assertThat(retry.name()).isEqualTo("HelloRetryRequest");
        assertThat(retry.problems()).isEmpty();
        assertThat(value(retry, "extensions", "key_share", "selected_group")).isEqualTo("secp256r1");
    }

    @Test
    void keyExchangesByTheSuite() {
        MessageDecoder ecdhe = new MessageDecoder(0x0303, 0xc02f);
        DecodedMessage server = ecdhe.decode(
                ContentType.HANDSHAKE, bytes("0c00000d" + "03001d" + "02aabb" + "0804" + "0003" + "010203"));
        assertThat(value(server, "named_curve")).isEqualTo("x25519");
        assertThat(value(server, "public")).isEqualTo("aabb");
        assertThat(value(server, "algorithm")).isEqualTo("rsa_pss_rsae_sha256");
        assertThat(value(server, "signature")).isEqualTo("010203");
        MessageDecoder dhe = new MessageDecoder(0x0302, 0x0033);
        DecodedMessage old =
                dhe.decode(ContentType.HANDSHAKE, bytes("0c00000d" + "000107" + "000102" + "000105" + "0002" + "0102"));
        assertThat(value(old, "dh_g")).isEqualTo("02");
        assertThat(value(old, "signature")).isEqualTo("0102");
        assertThat(old.problems()).isEmpty();
        DecodedMessage rsa =
                new MessageDecoder(0x0303, 0x002f).decode(ContentType.HANDSHAKE, bytes("10000004" + "0002abcd"));
        assertThat(value(rsa, "encrypted_pre_master_secret")).isEqualTo("abcd");
    }

    @Test
    void dtlsHeaderAndCookie() {
        DecodedMessage hello = decode("01000030" + "0000" + "000000" + "000030" + "fefd" + "11".repeat(32) + "00" + "04"
                + "deadbeef" + "0002" + "c02b" + "0100" + "0000");
        assertThat(hello.problems()).isEmpty();
        assertThat(value(hello, "cookie")).isEqualTo("deadbeef");
        assertThat(value(hello, "legacy_version")).isEqualTo("DTLSv1.2");
        assertThat(value(hello, "fragment_length")).isEqualTo("48");
        DecodedMessage verify = decode("03000007" + "feff" + "04deadbeef");
        assertThat(value(verify, "server_version")).isEqualTo("DTLSv1.0");
        assertThat(value(verify, "cookie")).isEqualTo("deadbeef");
    }

    @Test
    void clientHelloOfSsl2() {
        String body = "01" + "0303" + "0006" + "0000" + "0010" + "00c02f" + "010080" + "22".repeat(16);
        for (String form : List.of(body, "801f" + body)) {
            DecodedMessage hello = decode(form);
            assertThat(hello.name()).isEqualTo("ClientHello");
            assertThat(hello.problems()).isEmpty();
            assertThat(values(hello.find("cipher_suites").orElseThrow()))
                    .containsExactly("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "SSLv2_0x010080");
            assertThat(value(hello, "random")).isEqualTo("22".repeat(16));
        }
    }

    @Test
    void unknownAndGreaseAreKept() {
        DecodedMessage extensions = decode("08000010" + "000e" + "0a0a000100" + "12340005" + "0102030405");
        assertThat(extensions.problems()).isEmpty();
        assertThat(value(extensions, "extensions", "GREASE_0x0a0a", "extension_data"))
                .isEqualTo("00");
        assertThat(value(extensions, "extensions", "unassigned_0x1234", "extension_data"))
                .isEqualTo("0102030405");
        assertThat(CipherSuites.nameOf(0x2a2a)).isEqualTo("GREASE_0x2a2a");
        assertThat(CipherSuites.nameOf(0xff85)).isEqualTo("private_use_0xff85");
        assertThat(CipherSuites.nameOf(0x00c8)).isEqualTo("unassigned_0x00c8");
        assertThat(CipherSuites.ofName("SSL_RSA_WITH_3DES_EDE_CBC_SHA")).isEqualTo(0x000a);
        assertThat(HandshakeTypes.nameOf(99)).isEqualTo("unassigned_0x63");
    }

    @Test
    void oneBadExtensionLeavesTheOthers() {
        // supported_versions says 5 bytes of versions and has 2; the ALPN extension after it is well-formed
        DecodedMessage message = new MessageDecoder(0x0304, 0x1301)
                .decode(
                        ContentType.HANDSHAKE,
                        bytes("0d000019" + "00" + "0016" + "000d" + "0004" + "0008" + "0403" + "0031" + "0000" + "0010"
                                + "0005" + "0003" + "02" + "6832" + "ff"));
        assertThat(message.extension("signature_algorithms").orElseThrow().problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.offset()).isEqualTo(11);
                    assertThat(problem.value()).isEqualTo("supported_signature_algorithms says 8 bytes, has 2");
                });
        assertThat(value(
                        message,
                        "extensions",
                        "application_layer_protocol_negotiation",
                        "protocol_name_list",
                        "ProtocolName"))
                .isEqualTo("h2");
    }

    @Test
    void everyPrefixIsAFindingAndKeepsWhatCameBefore() {
        byte[] whole = bytes(CLIENT_HELLO);
        for (int length = 0; length < whole.length; length++) {
            DecodedMessage cut = decoder.decode(ContentType.HANDSHAKE, Arrays.copyOf(whole, length));
            assertThat(cut.problems()).as("cut at %d", length).isNotEmpty();
            if (length >= 38) {
                assertThat(value(cut, "random")).startsWith("cb34ecb1");
            }
        }
    }

    @Test
    void alertsAndChangeCipherSpec() {
        DecodedMessage alert = decoder.decode(ContentType.ALERT, new byte[] {2, 40});
        assertThat(value(alert, "level")).isEqualTo("fatal");
        assertThat(value(alert, "description")).isEqualTo("handshake_failure");
        assertThat(decoder.decode(ContentType.ALERT, new byte[] {2}).problems()).hasSize(1);
        assertThat(decoder.decode(ContentType.CHANGE_CIPHER_SPEC, new byte[] {1})
                        .problems())
                .isEmpty();
    }

    @Test
    void aMessageOfEmptyElementsCostsABoundedTree() {
        byte[] bytes = new byte[3 + 4 + (3 << 20)];
        bytes[0] = 11;
        put3(bytes, 1, bytes.length - 4);
        put3(bytes, 4, bytes.length - 7);
        DecodedMessage message = decoder.decode(ContentType.HANDSHAKE, bytes);
        assertThat(message.problems()).isNotEmpty();
        assertThat(message.find("certificate_list").orElseThrow().children()).hasSizeLessThan(20_002);
    }

    private static void put3(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >> 16);
        bytes[at + 1] = (byte) (value >> 8);
        bytes[at + 2] = (byte) value;
    }

    private DecodedMessage decode(String hex) {
        return decoder.decode(ContentType.HANDSHAKE, bytes(hex));
    }

    private static String value(DecodedMessage message, String... path) {
        return message.find(path).orElseThrow().value();
    }

    private static List<String> values(DecodedField field) {
        return field.children().stream().map(DecodedField::value).toList();
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
