package dev.tlscope.analyzer.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.capture.Direction;
import dev.tlscope.capture.Field;
import org.junit.jupiter.api.Test;

/** At a server, a client that sent nothing is a probe; at a client, or after a ClientHello, it is not. */
class NoClientHelloTest {
    private static final String EOF = "java.io.EOFException: SSL peer shut down incorrectly";

    @Test
    void aCloseWithoutAByteIsTheProbesAndNotTheHellos() {
        FailedConnection probe = new FailedConnection("server", "socket").with(Field.EXCEPTION, EOF);
        assertThat(probe.told()).isEqualTo("peer-closed certain");
        assertThat(probe.finding().summary()).contains("TCP health check");
        assertThat(probe.finding().fix().toString()).doesNotContain("ClientHello");
    }

    @Test
    void aResetWithoutAByteIsOne() {
        FailedConnection probe = new FailedConnection("server", "socket")
                .with(Field.EXCEPTION, "java.net.SocketException: Connection reset");
        assertThat(probe.told()).isEqualTo("connection-reset certain");
        assertThat(probe.finding().summary()).contains("port scan");
    }

    @Test
    void aSilentClientMayWaitForAGreeting() {
        FailedConnection silent = new FailedConnection("server", "socket")
                .with(Field.EXCEPTION, "java.net.SocketTimeoutException: Read timed out");
        assertThat(silent.told()).isEqualTo("handshake-timeout certain");
        assertThat(silent.finding().summary()).contains("greeting");
    }

    @Test
    void aClientThatIsClosedOnIsTold() {
        FailedConnection client = new FailedConnection("client", "socket").with(Field.EXCEPTION, EOF);
        assertThat(client.finding().summary()).doesNotContain("health check");
        FailedConnection server = new FailedConnection("server", "socket")
                .message(Direction.IN, (byte) 1, (byte) 0, (byte) 0, (byte) 0)
                .with(Field.EXCEPTION, EOF);
        assertThat(server.finding().summary()).doesNotContain("health check");
    }
}
