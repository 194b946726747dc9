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

    @Test
    void zerosThatTheLastExtensionDeclaresAreThePeers() {
        // pre_shared_key of 40 zeros behind another extension, and the same cut off within that one
        assertThat(hello(new byte[] {0, 5, 0, 1, 1, 0, 41, 0, 40}, 40).finding().summary())
                .doesNotContain("zeros");
        assertThat(hello(new byte[] {0, 5, 0, 9, 1, 1, 1}, 46).finding().summary())
                .contains("ends in 46 of them");
        // the length of a list that is longer than the message
        assertThat(hello(new byte[] {0, 41, 0, 90}, 40).finding().summary()).contains("ends in 40 of them");
    }

    /** A server's finding for a ClientHello with these extensions, the last of which end in zeros. */
    private static FailedConnection hello(byte[] extensions, int zeros) {
        int list = extensions.length + zeros;
        byte[] message = new byte[4 + 2 + 32 + 1 + 4 + 2 + 2 + list];
        Arrays.fill(message, 4, 38, (byte) 0x5a);
        message[0] = 1;
        message[3] = (byte) (message.length - 4);
        message[40] = 2; // one suite
        message[41] = 0x13;
        message[42] = 1;
        message[43] = 1; // one compression method
        message[46] = (byte) list;
        System.arraycopy(extensions, 0, message, 47, extensions.length);
        return new FailedConnection("server", "engine")
                .message(Direction.IN, message)
                .alert(50)
                .with(Field.EXCEPTION, "javax.net.ssl.SSLHandshakeException: Invalid extension");
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
