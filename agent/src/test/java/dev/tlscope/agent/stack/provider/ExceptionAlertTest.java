package dev.tlscope.agent.stack.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.tls.AlertDescription;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExceptionAlertTest {
    /** Named as BouncyCastle's. */
    private static final class TlsFatalAlert extends java.io.IOException {
        private static final long serialVersionUID = 1;

        TlsFatalAlert(String message) {
            super(message);
        }
    }

    /** Named as BouncyCastle's. */
    private static final class TlsFatalAlertReceived extends java.io.IOException {
        private static final long serialVersionUID = 1;

        TlsFatalAlertReceived(String message) {
            super(message);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "error:10000416:SSL routines:OPENSSL_internal:SSLV3_ALERT_CERTIFICATE_UNKNOWN, CERTIFICATE_UNKNOWN",
        "error:0A000418:SSL routines::tlsv1 alert unknown ca, UNKNOWN_CA",
        "error:0A000416:SSL routines::ssl/tls alert certificate unknown, CERTIFICATE_UNKNOWN",
        "error:1000045C:SSL routines::tlsv13 alert certificate required, CERTIFICATE_REQUIRED",
        "SSLV3_ALERT_BAD_CERTIFICATE, BAD_CERTIFICATE"
    })
    void opensslNamesWhatItReceived(String message, AlertDescription expected) {
        ExceptionAlert found = ExceptionAlert.of(new SSLHandshakeException(message));
        assertThat(found).isNotNull();
        assertThat(found.received).isTrue();
        assertThat(found.description).isEqualTo(expected.number());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"error:100000f0:SSL routines:OPENSSL_internal:UNSUPPORTED_PROTOCOL", "alert", "_ALERT_UNKNOWN_CA"
            })
    void otherReasonsNameNone(String message) {
        assertThat(ExceptionAlert.of(new SSLHandshakeException(message))).isNull();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bouncyCastleNamesBothDirections(boolean received) {
        String message = "certificate_unknown(46); Failed to process record";
        ExceptionAlert found = ExceptionAlert.of(
                new SSLException(received ? new TlsFatalAlertReceived(message) : new TlsFatalAlert(message)));
        assertThat(found).isNotNull();
        assertThat(found.received).isEqualTo(received);
        assertThat(found.description).isEqualTo(46);
    }
}
