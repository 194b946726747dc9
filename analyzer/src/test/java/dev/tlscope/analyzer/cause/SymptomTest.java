package dev.tlscope.analyzer.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.capture.Direction;
import dev.tlscope.capture.Field;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

/** What one end is certain of is no answer where the other end knows why it happened. */
class SymptomTest {
    private static final int PROTOCOL_VERSION = 70;
    private static final int INTERNAL_ERROR = 80;

    @Test
    void aCloseIsExplainedByTheServerThatRefusedTheVersion() {
        Handshake client = client("java.io.EOFException: SSL peer shut down incorrectly");
        assertThat(Causes.of(client).cause()).hasToString("peer-closed");
        assertThat(Causes.of(client).confidence()).isEqualTo(Confidence.CERTAIN);
        Finding both = Causes.of(client, refusing());
        assertThat(both.cause()).hasToString("no-common-protocol");
        assertThat(both.confidence()).isEqualTo(Confidence.CERTAIN);
        assertThat(both.evidence().toString()).contains("TLSv1.3");
    }

    @Test
    void aTimeoutIsExplainedByTheServerThatRefusedTheVersion() {
        Handshake client = client("java.net.SocketTimeoutException: Read timed out");
        assertThat(Causes.of(client).cause()).hasToString("handshake-timeout");
        assertThat(Causes.of(client, refusing()).cause()).hasToString("no-common-protocol");
    }

    @Test
    void theServersCauseIsNotReplacedByTheClientsSymptom() {
        Handshake client = client("java.io.EOFException: SSL peer shut down incorrectly");
        assertThat(Causes.of(refusing(), client)).isEqualTo(Causes.of(refusing()));
    }

    @Test
    void twoSymptomsStayEachWithItsEnd() {
        Handshake client = client("java.io.EOFException: SSL peer shut down incorrectly");
        Handshake server = new FailedConnection("server", "socket")
                .between("192.0.2.2:443", "192.0.2.1:5000")
                .message(Direction.IN, clientHello())
                .alert(INTERNAL_ERROR)
                .with(Field.EXCEPTION, "java.net.SocketTimeoutException: Read timed out")
                .handshake();
        assertThat(Causes.of(client, server).cause()).hasToString("peer-closed");
        assertThat(Causes.of(server, client).cause()).hasToString("handshake-timeout");
    }

    private static Handshake client(String exception) {
        return new FailedConnection("client", "socket")
                .between("192.0.2.1:5000", "192.0.2.2:443")
                .to("192.0.2.2")
                .message(Direction.OUT, clientHello())
                .alert(INTERNAL_ERROR)
                .with(Field.EXCEPTION, "javax.net.ssl.SSLHandshakeException: Remote host terminated the handshake")
                .with(Field.EXCEPTION, exception)
                .handshake();
    }

    private static Handshake refusing() {
        return new FailedConnection("server", "socket")
                .between("192.0.2.2:443", "192.0.2.1:5000")
                .message(Direction.IN, clientHello())
                .alert(PROTOCOL_VERSION)
                .with(Field.ENABLED_PROTOCOL, "TLSv1.3")
                .with(
                        Field.EXCEPTION,
                        "javax.net.ssl.SSLHandshakeException: Client requested protocol TLSv1.2 is not enabled or supported in"
                                + " server context")
                .handshake();
    }

    /** Of TLS 1.2, without extensions. */
    private static byte[] clientHello() {
        ByteArrayOutputStream hello = new ByteArrayOutputStream();
        hello.writeBytes(new byte[] {1, 0, 0, 41, 3, 3});
        hello.writeBytes(new byte[32]); // random
        hello.writeBytes(new byte[] {0, 0, 2, (byte) 0xc0, 0x2f, 1, 0}); // no session, one suite, no compression
        return hello.toByteArray();
    }
}
