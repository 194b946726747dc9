package dev.tlscope.analyzer.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.capture.Field;
import org.junit.jupiter.api.Test;

/** A close after the handshake is a refusal only with a sign of one. */
class RefusedAfterHandshakeTest {
    private static final String SPOOFING =
            "java.base/sun.net.www.protocol.https.HttpsClient.checkURLSpoofing(HttpsClient.java:677)";

    @Test
    void anExceptionThatWasSeenIsLikelyWithoutTheChain() {
        FailedConnection connection = closed().with(
                        Field.EXCEPTION, "javax.net.ssl.SSLPeerUnverifiedException: Certificate pinning failure!")
                .with(Field.FRAME, "okhttp3.internal._UtilCommonKt.closeQuietly(X.kt:1)");
        assertThat(connection.told()).isEqualTo("refused-after-handshake likely");
        assertThat(connection.finding().evidence().toString()).contains("pinning", "okhttp3");
    }

    @Test
    void aCheckOnTheStackIsLikelyWithoutTheCertificate() {
        assertThat(closed().with(Field.FRAME, SPOOFING).told()).isEqualTo("refused-after-handshake likely");
    }

    @Test
    void anExceptionOfTheHandshakeThatALibraryMadeIsLikely() {
        FailedConnection connection = closed().with(
                        Field.EXCEPTION, "javax.net.ssl.SSLHandshakeException: Hostname doesn't match certificate");
        assertThat(connection.told()).isEqualTo("refused-after-handshake likely");
        assertThat(connection.finding().evidence().toString()).contains("Hostname doesn't match certificate");
    }

    private static FailedConnection closed() {
        return new FailedConnection("client", "socket")
                .completed("TLSv1.3")
                .with(Field.READ_SEQUENCE, 0)
                .with(Field.GIVEN_UP, "refused");
    }
}
