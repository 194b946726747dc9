package dev.tlscope.analyzer.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.check.TestPki;
import dev.tlscope.analyzer.check.TestPki.Certified;
import dev.tlscope.analyzer.check.TestPki.Form;
import dev.tlscope.analyzer.model.Hello;
import dev.tlscope.analyzer.model.Message;
import dev.tlscope.analyzer.registry.CipherSuites;
import dev.tlscope.analyzer.registry.NamedGroups;
import dev.tlscope.analyzer.registry.ProtocolVersions;
import dev.tlscope.analyzer.registry.SignatureSchemes;
import dev.tlscope.tls.ContentType;
import dev.tlscope.transport.Destination;
import dev.tlscope.transport.TcpTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scans of servers whose settings are known: those of JSSE, openssl and GnuTLS, as far as they are here. */
class ServerScanTest {
    private static Certified rsa;
    private static Certified elliptic;

    @TempDir
    private static Path directory;

    @BeforeAll
    static void makePki() throws Exception {
        rsa = TestPki.issue(Form.server("localhost"), TestPki.keys("RSA", 2048), null);
        elliptic = TestPki.issue(Form.server("localhost"), TestPki.keys("EC", 256), null);
        Files.writeString(directory.resolve("rsa.pem"), TestPki.pem(rsa.keys().getPrivate(), rsa.certificate()));
        Files.writeString(
                directory.resolve("ec.pem"), TestPki.pem(elliptic.keys().getPrivate(), elliptic.certificate()));
    }

    @Test
    void whatJsseEnablesIsWhatItTakes() throws Exception {
        List<String> suites = List.of(
                "TLS_AES_128_GCM_SHA256",
                "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
                "TLS_RSA_WITH_AES_128_CBC_SHA");
        try (JsseServer server = new JsseServer(rsa, List.of("TLSv1.3", "TLSv1.2"), suites)) {
            ServerScan.Result result = scan(server.port());

            assertThat(result.taken())
                    .extracting(version -> ProtocolVersions.nameOf(version.version()))
                    .containsExactly("TLSv1.3", "TLSv1.2");
            ScannedVersion tls13 = result.taken().get(0);
            ScannedVersion tls12 = result.taken().get(1);
            assertThat(names(tls13.suites(), CipherSuites::nameOf)).containsExactly("TLS_AES_128_GCM_SHA256");
            assertThat(names(tls13.groups(), NamedGroups::nameOf))
                    .contains("x25519", "secp256r1", "secp384r1", "secp521r1", "ffdhe2048")
                    .doesNotContain("brainpoolP256r1tls13");
            assertThat(names(tls13.schemes(), SignatureSchemes::nameOf))
                    .containsExactlyInAnyOrder("rsa_pss_rsae_sha256", "rsa_pss_rsae_sha384", "rsa_pss_rsae_sha512");
            assertThat(tls13.chain()).containsExactly(rsa.certificate());
            assertThat(names(tls12.suites(), CipherSuites::nameOf))
                    .containsExactlyInAnyOrderElementsOf(suites.subList(1, suites.size()));
            assertThat(names(tls12.schemes(), SignatureSchemes::nameOf))
                    .contains("rsa_pkcs1_sha256", "rsa_pss_rsae_sha256")
                    .noneMatch(name -> name.startsWith("ecdsa"));
            assertThat(result.versions().get(2).refusal()).isEqualTo("alert protocol_version");
        }
    }

    /** The names are openssl's own; sslscan 2.0.7 and testssl.sh 3.0.8 report the same suites and groups of these two. */
    @Test
    void whatOpensslIsToldIsWhatItTakes() throws Exception {
        List<String> line = List.of(
                "-cert",
                "ec.pem",
                "-cipher",
                "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-SHA:@SECLEVEL=0",
                "-ciphersuites",
                "TLS_CHACHA20_POLY1305_SHA256:TLS_AES_256_GCM_SHA384",
                "-groups",
                "P-384:P-256");
        try (ServerProgram server = ServerProgram.openssl(directory, line)) {
            ServerScan.Result result = scan(server.port());

            assertThat(result.taken())
                    .extracting(version -> ProtocolVersions.nameOf(version.version()))
                    .containsExactly("TLSv1.3", "TLSv1.2", "TLSv1.1", "TLSv1");
            ScannedVersion tls13 = result.taken().get(0);
            ScannedVersion tls12 = result.taken().get(1);
            assertThat(names(tls13.suites(), CipherSuites::nameOf))
                    .containsExactlyInAnyOrder("TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_256_GCM_SHA384");
            assertThat(names(tls13.groups(), NamedGroups::nameOf)).containsExactlyInAnyOrder("secp384r1", "secp256r1");
            assertThat(names(tls13.schemes(), SignatureSchemes::nameOf)).containsExactly("ecdsa_secp256r1_sha256");
            assertThat(names(tls12.suites(), CipherSuites::nameOf))
                    .containsExactlyInAnyOrder(
                            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA");
            // the certificate's curve must stay in the list, and so P-384 is found only when P-256 stands behind it
            assertThat(names(tls12.groups(), NamedGroups::nameOf)).containsExactlyInAnyOrder("secp384r1", "secp256r1");
            assertThat(names(result.taken().get(3).suites(), CipherSuites::nameOf))
                    .containsExactly("TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA");
        }
    }

    @Test
    void whatGnutlsIsToldIsWhatItTakes() throws Exception {
        String priority = "NONE:+VERS-TLS1.2:+AES-256-GCM:+CHACHA20-POLY1305:+AEAD:+ECDHE-RSA:+DHE-RSA:+SIGN-RSA-SHA512"
                + ":+SIGN-RSA-PSS-RSAE-SHA384:+GROUP-SECP521R1:+GROUP-X25519:+GROUP-FFDHE2048:+COMP-NULL";
        try (ServerProgram server = ServerProgram.gnutls(directory, "rsa.pem", priority)) {
            ServerScan.Result result = scan(server.port());

            assertThat(result.taken()).hasSize(1);
            ScannedVersion tls12 = result.taken().get(0);
            assertThat(names(tls12.suites(), CipherSuites::nameOf))
                    .containsExactlyInAnyOrder(
                            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
                            "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
                            "TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256");
            assertThat(names(tls12.groups(), NamedGroups::nameOf)).containsExactlyInAnyOrder("secp521r1", "x25519");
            assertThat(names(tls12.schemes(), SignatureSchemes::nameOf))
                    .containsExactlyInAnyOrder("rsa_pkcs1_sha512", "rsa_pss_rsae_sha384");
        }
    }

    @Test
    void whatIsNotTlsIsNamed() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> greet(server));
            thread.setDaemon(true);
            thread.start();

            ServerScan.Result result = scan(server.getLocalPort());

            assertThat(result.trouble()).isEqualTo("the server answers a ClientHello with SSH: SSH-2.0-Test");
            assertThat(result.connections()).isEqualTo(1);
        }
    }

    @Test
    void theEmptyIntersectionIsTheAnswer() {
        ScannedVersion tls13 = scanned(0x0304, List.of(0x1301), List.of(0x0018), List.of(0x0403));
        ScannedVersion tls12 = scanned(0x0303, List.of(0xc02f), List.of(0x0018), List.of(0x0804));
        Hello noGroup = hello(0x0304, List.of(0x1301), List.of(0x001d), List.of(0x0403));
        Hello noVersion = hello(0x0302, List.of(0x002f), List.of(), List.of());
        Hello both = hello(0x0304, List.of(0x1301), List.of(0x001d, 0x0018), List.of(0x0403, 0x0804));

        CommonGround ground = CommonGround.of(List.of(tls13, tls12), noGroup);
        assertThat(ground.isEmpty()).isTrue();
        assertThat(ground.sentence("the client"))
                .isEqualTo("Nothing in common: in TLSv1.3 no group, because the server takes secp384r1, and the client"
                        + " offers x25519.");
        assertThat(CommonGround.of(List.of(tls13, tls12), noVersion).sentence("the client"))
                .isEqualTo("Nothing in common: the server takes TLSv1.3, TLSv1.2; the client offers none of them.");
        assertThat(CommonGround.of(List.of(tls13, tls12), both).sentence("the client"))
                .isEqualTo("In common: TLSv1.3 with 1 cipher suite, 1 group, 1 signature scheme.");
    }

    /** RFC 5246, 7.4.3: with RSA key exchange there is neither a group nor a signature. */
    @Test
    void aSuiteWithoutGroupNeedsNone() {
        ScannedVersion tls12 = scanned(0x0303, List.of(0xc02f, 0x009c), List.of(0x0018), List.of(0x0804));
        CommonGround rsaKeyExchange = CommonGround.of(
                List.of(tls12), hello(0x0303, List.of(0xc02f, 0x009c), List.of(0x001d), List.of(0x0401)));
        CommonGround ephemeral =
                CommonGround.of(List.of(tls12), hello(0x0303, List.of(0xc02f), List.of(0x001d), List.of(0x0804)));

        assertThat(rsaKeyExchange.isEmpty()).isFalse();
        assertThat(ephemeral.isEmpty()).isTrue();
    }

    private static ScannedVersion scanned(
            int version, List<Integer> suites, List<Integer> groups, List<Integer> schemes) {
        return new ScannedVersion(version, suites, groups, schemes, List.of(), "", false);
    }

    private static Hello hello(int version, List<Integer> suites, List<Integer> groups, List<Integer> schemes) {
        byte[] bytes = ClientHelloWriter.write(new ScanOffer(version, "a.example", suites, groups, schemes, null));
        Hello hello =
                Hello.parse(new Message(true, ContentType.HANDSHAKE, bytes, 0)).orElseThrow();
        assertThat(hello.serverName()).isEqualTo("a.example");
        assertThat(hello.cipherSuites()).isEqualTo(suites);
        assertThat(hello.groups()).isEqualTo(groups);
        assertThat(hello.signatureSchemes()).isEqualTo(schemes);
        return hello;
    }

    private static ServerScan.Result scan(int port) throws IOException {
        return ServerScan.scan(
                new TcpTransport(Destination.parse("127.0.0.1:" + port, 10_000), line -> {}),
                "localhost",
                (version, count) -> {});
    }

    private static List<String> names(List<Integer> numbers, IntFunction<String> names) {
        List<String> all = new ArrayList<>();
        numbers.forEach(number -> all.add(names.apply(number)));
        return all;
    }

    private static void greet(ServerSocket server) {
        try (Socket accepted = server.accept()) {
            accepted.getOutputStream().write("SSH-2.0-Test\r\n".getBytes(StandardCharsets.US_ASCII));
            accepted.getInputStream().read();
        } catch (IOException e) {
            // the test ends
        }
    }
}
