package dev.tlscope.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tlscope.transport.ScriptedServer.Step;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The dialogues before TLS, with servers that speak as the RFCs say; {@code openssl s_client -starttls} must get through the same ones. */
class StarttlsTest {
    private static final String LDAP_OK = "0\u000c\u0002\u0001\u0001x\u0007\n\u0001\u0000\u0004\u0000\u0004\u0000";

    @ParameterizedTest
    @EnumSource
    void theServerBeginsTls(Starttls protocol) throws Exception {
        try (ScriptedServer server = new ScriptedServer(script(protocol))) {
            List<String> said = new ArrayList<>();
            try (Socket socket = new TcpTransport(to(server, protocol), said::add).open(0)) {
                socket.getOutputStream().write(new byte[] {0x16, 3, 1});
                assertThat(server.outcome()).isEqualTo("160301");
            }
            assertThat(said).isNotEmpty().allMatch(line -> line.startsWith("> ") || line.startsWith("< "));
        }
    }

    @ParameterizedTest
    @EnumSource
    void opensslGetsThroughTheSameDialogue(Starttls protocol) throws Exception {
        // its tag in IMAP is a dot, and it asks for the capabilities first
        List<Step> imap = List.of(
                new Step("", "* OK ready\r\n"),
                new Step("\\. CAPABILITY\r\n", "* CAPABILITY IMAP4rev1 STARTTLS\r\n. OK done\r\n"),
                new Step("\\. STARTTLS\r\n", ". OK begin\r\n"));
        try (ScriptedServer server = new ScriptedServer(protocol == Starttls.IMAP ? imap : script(protocol))) {
            Process openssl = openssl(server.port(), protocol);
            try {
                assertThat(server.outcome()).isEqualTo("160301");
            } finally {
                openssl.destroy();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRefusalIsOneLineWithTheServersWords(Starttls protocol) throws Exception {
        try (ScriptedServer server = new ScriptedServer(refusal(protocol))) {
            assertThatThrownBy(() -> new TcpTransport(to(server, protocol), line -> {}).open(0))
                    .isInstanceOf(NoTransportException.class)
                    .hasMessageContaining("localhost:" + server.port() + " refused ")
                    .hasMessageContaining(
                            switch (protocol) {
                                case SMTP ->
                                    "STARTTLS, which its answer to EHLO does not list: 502 unknown; enable TLS";
                                case IMAP -> "a1 BAD no; enable TLS";
                                case POP3 -> "-ERR no";
                                case FTP -> "AUTH TLS: 534 no";
                                case LDAP -> "StartTLS: resultCode 2; configure a certificate";
                                case POSTGRES -> "it answered N; set ssl = on in postgresql.conf";
                                case MYSQL -> "its greeting does not offer it; configure ssl_cert";
                                case XMPP -> "which its features do not list";
                            });
        }
    }

    @Test
    void aProxyMakesATunnel() throws Exception {
        Step connect = new Step(
                "CONNECT far\\.example:443 HTTP/1\\.1\r\nHost: far\\.example:443\r\n\r\n",
                "HTTP/1.1 200 Connection established\r\nVia: 1.1 test\r\n\r\n");
        try (ScriptedServer proxy = new ScriptedServer(List.of(connect))) {
            Destination to = Destination.parse("far.example:443", 5000)
                    .through(Destination.parse("localhost:" + proxy.port(), 5000));
            try (Socket socket = new TcpTransport(to, line -> {}).open(0)) {
                socket.getOutputStream().write(new byte[] {0x16, 3, 1});
                assertThat(proxy.outcome()).isEqualTo("160301");
            }
        }
    }

    @Test
    void aProxyThatRefusesIsNamedWithItsAnswer() throws Exception {
        Step connect = new Step("CONNECT .*\r\n\r\n", "HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
        try (ScriptedServer proxy = new ScriptedServer(List.of(connect))) {
            Destination to = Destination.parse("far.example:443", 5000)
                    .through(Destination.parse("localhost:" + proxy.port(), 5000));
            assertThatThrownBy(() -> new TcpTransport(to, line -> {}).open(0))
                    .hasMessageContaining("the proxy localhost:" + proxy.port() + " refused CONNECT far.example:443")
                    .hasMessageContaining("407 Proxy Authentication Required; it wants a user");
        }
    }

    @Test
    void whatIsNotReachedIsOneLine() throws Exception {
        // Bound and not listening: the port refuses, and nobody else gets it.
        try (Socket bound = new Socket()) {
            bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            String there = "localhost:" + bound.getLocalPort();
            assertThatThrownBy(() -> new TcpTransport(Destination.parse(there, 5000), line -> {}).open(0))
                    .isInstanceOf(NoTransportException.class)
                    .hasMessageContaining(there + " (127.0.0.1")
                    .hasMessageContaining("refused the connection: nothing accepts there; check the port");
        }
        assertThatThrownBy(
                        () -> new TcpTransport(Destination.parse("no.such.host.invalid:443", 5000), line -> {}).open(0))
                .hasMessageContaining("no address is known for the name no.such.host.invalid; check the name");
    }

    @Test
    void aServerThatWaitsForTlsIsRecognizedByItsSilence() throws Exception {
        try (ScriptedServer server = new ScriptedServer(List.of(new Step("never", "")))) {
            Destination to = Destination.parse("localhost:" + server.port(), 50).with(Starttls.SMTP);
            assertThatThrownBy(() -> new TcpTransport(to, line -> {}).open(0))
                    .hasMessageContaining("sent nothing for 50 ms in the dialogue before TLS")
                    .hasMessageContaining("leave out --starttls");
        }
    }

    @Test
    void aDestinationIsHostAndPort() {
        assertThat(Destination.parse("[::1]:443", 1).host()).isEqualTo("::1");
        assertThat(Destination.parse("[::1]:443", 1)).hasToString("[::1]:443");
        assertThat(Destination.parse("a.example:65535", 1).port()).isEqualTo(65535);
        for (String wrong :
                List.of("a.example", "a.example:", "a.example:0", "a:65536", "::1:443", "https://a:443", ":443")) {
            assertThatThrownBy(() -> Destination.parse(wrong, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(wrong);
        }
    }

    private static Destination to(ScriptedServer server, Starttls protocol) {
        return Destination.parse("localhost:" + server.port(), 10_000).with(protocol);
    }

    private static List<Step> script(Starttls protocol) {
        return switch (protocol) {
            case SMTP ->
                List.of(
                        new Step("", "220-mail.example ESMTP\r\n220 ready\r\n"),
                        new Step("EHLO \\S+\r\n", "250-mail.example\r\n250-SIZE 1000\r\n250 STARTTLS\r\n"),
                        new Step("STARTTLS\r\n", "220 2.0.0 go ahead\r\n"));
            case IMAP ->
                List.of(
                        new Step("", "* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n"),
                        new Step("a1 STARTTLS\r\n", "* a line before\r\na1 OK begin\r\n"));
            case POP3 -> List.of(new Step("", "+OK ready\r\n"), new Step("STLS\r\n", "+OK begin\r\n"));
            case FTP ->
                List.of(
                        new Step("", "220-Welcome\r\n a line of text\r\n220 ready\r\n"),
                        new Step("(FEAT\r\n|AUTH TLS\r\n)", "234 begin\r\n"));
            case LDAP -> List.of(new Step("0.+1\\.3\\.6\\.1\\.4\\.1\\.1466\\.20037", LDAP_OK));
            case POSTGRES -> List.of(new Step("\u0000\u0000\u0000\b\u0004\u00d2\u0016/", "S"));
            case MYSQL -> List.of(new Step("", greeting(0x0800)), new Step(".{36}", ""));
            case XMPP ->
                List.of(
                        new Step(
                                "<stream:stream .*>",
                                "<?xml version='1.0'?><stream:stream id='1' version='1.0'"
                                        + " xmlns:stream='http://etherx.jabber.org/streams'><stream:features>"
                                        + "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/></stream:features>"),
                        new Step("\\s*<starttls .*/>\\s*", "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"));
        };
    }

    private static List<Step> refusal(Starttls protocol) {
        return switch (protocol) {
            case SMTP ->
                List.of(
                        new Step("", "220 ready\r\n"),
                        new Step("EHLO \\S+\r\n", "250-mail.example\r\n250 SIZE\r\n"),
                        new Step("STARTTLS\r\n", "502 unknown\r\n"));
            case IMAP -> List.of(new Step("", "* OK ready\r\n"), new Step("a1 STARTTLS\r\n", "a1 BAD no\r\n"));
            case POP3 -> List.of(new Step("", "+OK ready\r\n"), new Step("STLS\r\n", "-ERR no\r\n"));
            case FTP -> List.of(new Step("", "220 ready\r\n"), new Step("AUTH TLS\r\n", "534 no\r\n"));
            case LDAP -> List.of(new Step("0.+20037", LDAP_OK.replace("\n\u0001\u0000", "\n\u0001\u0002")));
            case POSTGRES -> List.of(new Step(".{8}", "N"));
            case MYSQL -> List.of(new Step("", greeting(0)));
            case XMPP ->
                List.of(new Step("<stream:stream .*>", "<stream:stream id='1'><stream:features></stream:features>"));
        };
    }

    /** Protocol version 10 (MySQL, Protocol::HandshakeV10). */
    private static String greeting(int flags) {
        String version = "382e302e333500";
        String body = "0a" + version + "01000000" + "4142434445464748" + "00"
                + String.format("%02x%02x", flags & 0xff, flags >> 8) + "21" + "0200" + "0000" + "15"
                + "00".repeat(10) + "41".repeat(12) + "00";
        byte[] bytes = HexFormat.of().parseHex(body);
        return (char) bytes.length + "\0\0\0" + new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static Process openssl(int port, Starttls protocol) throws Exception {
        Process process;
        try {
            process = new ProcessBuilder(
                            "openssl",
                            "s_client",
                            "-connect",
                            "localhost:" + port,
                            "-starttls",
                            protocol.name().toLowerCase(Locale.ROOT))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "no openssl here");
            throw e;
        }
        return process;
    }
}
