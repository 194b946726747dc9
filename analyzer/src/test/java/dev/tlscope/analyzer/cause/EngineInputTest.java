package dev.tlscope.analyzer.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.capture.Direction;
import dev.tlscope.capture.Field;
import org.junit.jupiter.api.Test;

/**
 * Bytes that do not begin a record, after records that an engine accepted, are the application's fault; those of a
 * socket, or the first bytes, are not.
 */
class EngineInputTest {
    private static final String ZEROS =
            "javax.net.ssl.SSLException: Unrecognized record version (D)TLS-0.0 , plaintext connection?";

    @Test
    void zerosAfterRecordsAreOfTheApplicationsBuffer() {
        FailedConnection connection = connection("engine", ZEROS);
        assertThat(connection.told()).isEqualTo("engine-misuse likely");
        assertThat(connection.finding().summary()).contains("zeros");
    }

    @Test
    void aVersionThatDoesNotExistShowsThatBytesAreLost() {
        FailedConnection connection =
                connection("engine", "javax.net.ssl.SSLException: Unsupported record version Unknown-53.209");
        assertThat(connection.told()).isEqualTo("engine-misuse likely");
        assertThat(connection.finding().fix().toString()).contains("compact");
    }

    @Test
    void aSocketsBytesAreNot() {
        assertThat(connection("socket", ZEROS).told()).doesNotContain("engine-misuse");
    }

    @Test
    void aClientOnASocketThatIsConnectedToItselfIsTold() {
        byte[] hello = {1, 0, 0, 0};
        FailedConnection connection = new FailedConnection("client", "socket")
                .between("127.0.0.1:35871", "127.0.0.1:35871")
                .message(Direction.OUT, hello)
                .message(Direction.IN, hello)
                .alert(10)
                .with(Field.EXPECTED_MESSAGE, 2)
                .with(
                        Field.EXCEPTION,
                        "javax.net.ssl.SSLProtocolException: Unexpected handshake message: client_hello");
        assertThat(connection.told()).isEqualTo("unexpected-message certain");
        assertThat(connection.finding().summary()).contains("connected to itself");
    }

    private static FailedConnection connection(String transport, String exception) {
        return new FailedConnection("client", transport)
                .message(Direction.OUT, (byte) 1, (byte) 0, (byte) 0, (byte) 0)
                .message(Direction.IN, (byte) 14, (byte) 0, (byte) 0, (byte) 0)
                .alert(80)
                .with(Field.EXCEPTION, exception);
    }
}
