package dev.tlscope.analyzer.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Handshakes;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of a peer that left the handshake, by its port, the ClientHello's size, its flight and this side's pause. */
class UnansweredTest {
    private static final long MILLI = 1_000_000L;
    private static final int X25519 = 0x001d;
    private static final int X25519_MLKEM768 = 0x11ec;

    private final List<Event> events = new ArrayList<>();

    @Test
    void aHybridHelloThatIsSwallowedNamesTheGroupAndTheProperty() {
        begin("client", "192.0.2.2:443");
        message(1, "out", clientHello(X25519_MLKEM768, 1216, X25519, 32));
        fails(5_000, "java.net.SocketTimeoutException: Read timed out");
        Finding finding = finding();
        assertThat(finding.cause()).hasToString("handshake-timeout");
        assertThat(finding.evidence().toString()).contains("in key_share (X25519MLKEM768: 1,216)");
        assertThat(finding.fix().get(0))
                .contains("-Djdk.tls.namedGroups=x25519 leaves X25519MLKEM768 out of it")
                .contains("less than 1,400 bytes");
    }

    @Test
    void aHybridHelloThatIsResetIsToldSoToo() {
        begin("client", "192.0.2.2:443");
        message(1, "out", clientHello(X25519, 32, X25519_MLKEM768, 1216));
        fails(20, "java.net.SocketException: Connection reset");
        assertThat(finding().cause()).hasToString("connection-reset");
        assertThat(finding().fix().get(0)).contains("-Djdk.tls.namedGroups=x25519 leaves X25519MLKEM768 out");
    }

    @Test
    void aHelloThatFitsIntoASegmentIsNotToBlame() {
        begin("client", "192.0.2.2:443");
        message(1, "out", clientHello(X25519, 32));
        fails(20, "java.net.SocketException: Connection reset");
        assertThat(finding().fix()).noneMatch(line -> line.contains("ClientHello of less"));
    }

    @Test
    void aPortOfPlainTextIsNamedWithItsTlsPort() {
        begin("client", "192.0.2.2:389");
        message(1, "out", clientHello(X25519, 32));
        fails(20, "java.io.EOFException: SSL peer shut down incorrectly");
        assertThat(finding().cause()).hasToString("peer-closed");
        assertThat(finding().fix().get(0)).contains("Port 389").contains("LDAP").contains("636");
        events.clear();
        begin("client", "192.0.2.2:587");
        message(1, "out", clientHello(X25519, 32));
        fails(20, "java.net.SocketTimeoutException: Read timed out");
        assertThat(finding().fix().get(0)).contains("Port 587").contains("STARTTLS");
    }

    @Test
    void aPortOfTlsIsNotNamed() {
        begin("client", "192.0.2.2:1389");
        message(1, "out", clientHello(X25519, 32));
        fails(20, "java.io.EOFException: SSL peer shut down incorrectly");
        assertThat(finding().fix())
                .noneMatch(line -> line.startsWith("Port "))
                .anyMatch(line -> line.startsWith("Check that host and port"));
    }

    @Test
    void aServerThatWasSlowIsToldHowSlow() {
        begin("server", "192.0.2.2:50000");
        message(1, "in", clientHello(X25519, 32));
        message(1501, "out", new byte[] {2, 0, 0, 0});
        fails(1502, "java.net.SocketException: Broken pipe");
        assertThat(finding().evidence().toString()).contains("this server took, value=1.50 s");
        assertThat(finding().fix().get(0)).contains("1.50 s").contains("SecureRandom");
    }

    @Test
    void aServerThatWasQuickIsNot() {
        begin("server", "192.0.2.2:50000");
        message(1, "in", clientHello(X25519, 32));
        message(41, "out", new byte[] {2, 0, 0, 0});
        fails(42, "java.net.SocketException: Broken pipe");
        assertThat(finding().evidence().toString()).doesNotContain("took");
    }

    private static byte[] clientHello(int... shares) {
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        ByteArrayOutputStream groups = new ByteArrayOutputStream();
        for (int i = 0; i < shares.length; i += 2) {
            number(list, shares[i]);
            block(list, new byte[shares[i + 1]]);
            number(groups, shares[i]);
        }
        ByteArrayOutputStream extensions = new ByteArrayOutputStream();
        extension(extensions, 10, groups.toByteArray());
        extension(extensions, 51, list.toByteArray());
        extension(extensions, 21, new byte[200]); // padding, as long as what a real one has besides
        ByteArrayOutputStream hello = new ByteArrayOutputStream();
        number(hello, 0x0303);
        hello.writeBytes(new byte[32]); // random
        hello.write(0); // legacy_session_id
        block(hello, new byte[] {0x13, 1});
        hello.writeBytes(new byte[] {1, 0}); // legacy_compression_methods
        block(hello, extensions.toByteArray());
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(new byte[] {1, 0});
        block(message, hello.toByteArray());
        return message.toByteArray();
    }

    private static void extension(ByteArrayOutputStream out, int type, byte[] list) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        block(data, list);
        number(out, type);
        block(out, data.toByteArray());
    }

    private static void block(ByteArrayOutputStream out, byte[] data) {
        number(out, data.length);
        out.writeBytes(data);
    }

    private static void number(ByteArrayOutputStream out, int number) {
        out.write(number >> 8);
        out.write(number);
    }

    private void begin(String role, String peer) {
        events.add(new Event(EventType.CONNECTION, 1, 0)
                .put(Field.ROLE, role)
                .put(Field.TRANSPORT, "socket")
                .put(Field.LOCAL, "192.0.2.1:5000")
                .put(Field.PEER, peer));
    }

    private void message(long millis, String direction, byte[] bytes) {
        events.add(new Event(EventType.MESSAGE, 1, millis * MILLI)
                .put(Field.DIRECTION, direction)
                .put(Field.CONTENT_TYPE, 22)
                .put(Field.BYTES, bytes));
    }

    private void fails(long millis, String exception) {
        events.add(new Event(EventType.FAILURE, 1, millis * MILLI)
                .put(Field.DIRECTION, "out")
                .put(Field.NEGOTIATED, 0)
                .put(Field.ALERT, 40)
                .put(Field.EXCEPTION, "javax.net.ssl.SSLHandshakeException: Remote host terminated the handshake")
                .put(Field.EXCEPTION, exception));
    }

    private Finding finding() {
        List<Handshake> found = new ArrayList<>();
        Handshakes handshakes = new Handshakes(Path.of("a.pcapng"), found::add);
        events.forEach(handshakes);
        handshakes.end();
        assertThat(found).hasSize(1);
        return Causes.of(found.get(0));
    }
}
