package dev.tlscope.analyzer.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.capture.Direction;
import dev.tlscope.capture.Field;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A message that is malformed since it ends in zeros is the application's buffer, of an engine alone. */
class ZerosOfferedTest {
    private static final byte SERVER_HELLO = 2;
    private static final byte CERTIFICATE_REQUEST = 13;

    @Test
    void zerosAtTheEndAreTheApplications() {
        assertThat(failed("engine", SERVER_HELLO, 150).told()).isEqualTo("engine-misuse likely");
        assertThat(failed("engine", SERVER_HELLO, 150).finding().summary()).contains("ends in 121 of them");
        assertThat(failed("engine", SERVER_HELLO, 150).finding().fix().toString())
                .contains("BUFFER_UNDERFLOW");
        assertThat(failed("engine", CERTIFICATE_REQUEST, 90).told()).isEqualTo("engine-misuse likely");
    }

    @Test
    void aFewZerosAreChance() {
        assertThat(failed("engine", SERVER_HELLO, 36).finding().summary()).doesNotContain("zeros");
    }

    @Test
    void aSocketReadsByItself() {
        assertThat(failed("socket", SERVER_HELLO, 150).told()).isEqualTo("malformed-message certain");
    }

    /** A message of which 29 bytes behind its header are not zero. */
    private static FailedConnection failed(String transport, byte type, int length) {
        byte[] message = new byte[4 + length];
        Arrays.fill(message, 4, 33, (byte) 0x5a);
        message[0] = type;
        message[3] = (byte) length;
        message[4] = 3;
        message[5] = 3;
        return new FailedConnection("client", transport)
                .message(Direction.IN, message)
                .alert(47)
                .with(Field.EXCEPTION, "javax.net.ssl.SSLHandshakeException: Server selected improper ciphersuite");
    }
}
