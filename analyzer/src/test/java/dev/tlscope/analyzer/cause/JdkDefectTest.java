package dev.tlscope.analyzer.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.capture.Field;
import org.junit.jupiter.api.Test;

/** An unchecked exception thrown by JSSE itself is a defect of the JDK; one thrown by the application's code is not. */
class JdkDefectTest {
    private static final String JSSE =
            "java.base/sun.security.ssl.SSLSessionImpl.getPeerPrincipal(SSLSessionImpl.java:1)";

    @Test
    void jssesOwnCodeFailed() {
        FailedConnection connection = failed("java.lang.NullPointerException", JSSE);
        assertThat(connection.told()).isEqualTo("internal likely");
        assertThat(connection.finding().summary()).contains("SSLSessionImpl.getPeerPrincipal", "defect of this JDK");
    }

    @Test
    void whatItCalledOfJavaIsItsOwn() {
        FailedConnection connection = failed(
                "java.lang.NullPointerException", "java.base/java.util.Objects.requireNonNull(Objects.java:1)", JSSE);
        assertThat(connection.finding().summary()).contains("getPeerPrincipal", "defect of this JDK");
    }

    @Test
    void theApplicationsCodeIsNot() {
        FailedConnection connection =
                failed("java.lang.NullPointerException", "org.example.Managers.choose(Managers.java:1)", JSSE);
        assertThat(connection.finding().summary()).doesNotContain("defect of this JDK");
    }

    private static FailedConnection failed(String exception, String... frames) {
        FailedConnection connection =
                new FailedConnection("client", "socket").alert(80).with(Field.EXCEPTION, exception);
        for (String frame : frames) {
            connection.with(Field.FRAME, frame);
        }
        return connection;
    }
}
