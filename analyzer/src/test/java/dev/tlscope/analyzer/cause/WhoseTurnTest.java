package dev.tlscope.analyzer.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.capture.Direction;
import dev.tlscope.capture.Field;
import org.junit.jupiter.api.Test;

/** What the engine waited for determines which side had to act next, and not the last message. */
class WhoseTurnTest {
    private static final byte[] HELLO = {1, 0, 0, 0};
    private static final byte[] CERTIFICATE = {11, 0, 0, 0};

    @Test
    void aTaskThatWasTakenAndNotRunIsThisSides() {
        FailedConnection connection =
                closed().with(Field.ENGINE_STATUS, "NEED_TASK").with(Field.TASK_STATE, "taken");
        assertThat(connection.told()).isEqualTo("internal likely");
        assertThat(connection.finding().summary()).contains("had taken it and not run it", "Certificate");
    }

    @Test
    void aTaskThatHangsIsShownWithItsStack() {
        FailedConnection connection = closed().with(Field.ENGINE_STATUS, "NEED_TASK")
                .with(Field.TASK_STATE, "running")
                .with(Field.TASK_FRAME, "java.base/java.lang.Object.wait(Object.java:1)")
                .with(Field.TASK_FRAME, "org.example.Trust.checkServerTrusted(Trust.java:1)");
        assertThat(connection.finding().summary()).contains("had begun and had not ended");
        assertThat(connection.finding().evidence().get(0).value()).contains("org.example.Trust.checkServerTrusted");
    }

    @Test
    void messagesThatWereNotWrappedAreThisSides() {
        assertThat(closed().with(Field.ENGINE_STATUS, "NEED_WRAP").finding().summary())
                .contains("had not wrapped");
    }

    @Test
    void anEngineThatNeedsMoreBytesWaitsForThePeer() {
        FailedConnection connection = closed().with(Field.ENGINE_STATUS, "NEED_UNWRAP");
        assertThat(connection.told()).isEqualTo("handshake-timeout likely");
    }

    private static FailedConnection closed() {
        return new FailedConnection("client", "engine")
                .between("192.0.2.1:5000", "192.0.2.2:443")
                .message(Direction.OUT, HELLO)
                .message(Direction.IN, CERTIFICATE)
                .with(Field.NEGOTIATED, 0)
                .with(Field.GIVEN_UP, "closed");
    }
}
