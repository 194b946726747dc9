package dev.tlscope.analyzer.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts are those of the libraries: netty-tcnative 2.0.84, Conscrypt 2.5.2, OpenSSL 3, bctls 1.84. */
class StackReasonTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "io.netty.handler.ssl.ReferenceCountedOpenSslEngine$OpenSslHandshakeException: error:100000c0:SSL routines:OPENSSL_internal:PEER_DID_NOT_RETURN_A_CERTIFICATE | client-certificate-missing",
                "javax.net.ssl.SSLProtocolException: Read error: ssl=0x7f43: Failure in SSL library, usually a protocol error\\nerror:100000b8:SSL routines:OPENSSL_internal:NO_SHARED_CIPHER (../ssl/handshake_server.cc:718 0x7f:0x0) | no-common-cipher-suite",
                "javax.net.ssl.SSLException: error:0A0000C1:SSL routines::no shared cipher | no-common-cipher-suite",
                "org.bouncycastle.tls.TlsFatalAlert: handshake_failure(40); [server #16 @67440de6] found no selectable cipher suite among the 1 offered: [{0xc0,0x2f}] | no-common-cipher-suite"
            })
    void aKnownReason(String exception, String cause) {
        assertThat(StackReason.of(
                        List.of("javax.net.ssl.SSLHandshakeException: General OpenSslEngine problem", exception)))
                .hasValueSatisfying(reason -> assertThat(reason.cause()).isEqualTo(cause));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javax.net.ssl.SSLException: error:10000000:SSL routines:OPENSSL_internal:NO_SHARED_CIPHERS",
                "javax.net.ssl.SSLException: found no selectable cipher suite",
                "javax.net.ssl.SSLException: NO_SHARED_CIPHER",
                "org.bouncycastle.tls.TlsFatalAlert: handshake_failure(40)"
            })
    void noReason(String exception) {
        assertThat(StackReason.of(List.of(exception))).isEmpty();
    }

    @Test
    void noException() {
        assertThat(StackReason.of(List.of())).isEmpty();
    }
}
