package dev.tlscope.analyzer.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.capture.Direction;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records that no sender makes under the keys in force, by their length or type. */
class OddProtectedRecordTest {
    private static final int BAD_RECORD_MAC = 20;
    private static final String AES128_SHA = "TLS_RSA_WITH_AES_128_CBC_SHA";

    /** Explicit IV, one byte of padding length, and the MAC, in whole blocks (RFC 5246, 6.2.3.2). */
    @ParameterizedTest
    @CsvSource({
        "TLS_RSA_WITH_AES_128_CBC_SHA, 47, 48, 16, not a whole number of blocks",
        "TLS_RSA_WITH_AES_128_CBC_SHA, 32, 48, 16, too short",
        "TLS_RSA_WITH_AES_128_CBC_SHA256, 48, 64, 16, too short",
        "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384, 64, 80, 16, too short",
        "SSL_RSA_WITH_3DES_EDE_CBC_SHA, 24, 32, 8, too short",
        "SSL_RSA_WITH_3DES_EDE_CBC_SHA, 36, 32, 8, not a whole number of blocks",
    })
    void aBlockCipherHasWholeBlocks(String suite, int length, int least, int block, String wrong) {
        Finding finding = blocks("TLSv1.2", suite, 23, length).orElseThrow();
        assertThat(finding.cause()).isSameAs(MalformedMessage.MALFORMED_MESSAGE);
        assertThat(finding.confidence()).isSameAs(Confidence.CERTAIN);
        assertThat(finding.summary())
                .isEqualTo("The peer sent a record of " + length + " bytes under " + suite + ", which has blocks of "
                        + block + " bytes and makes no record of less than " + least + ".");
        assertThat(finding.evidence().toString()).contains("value=" + wrong + "]");
        assertThat(blocks("TLSv1.2", suite, 23, least)).isEmpty();
    }

    /** TLS 1.0 has no explicit IV (RFC 2246, 6.2.3.2). */
    @Test
    void inTls10OneBlockLessIsEnough() {
        assertThat(blocks("TLSv1", AES128_SHA, 23, 32)).isEmpty();
        assertThat(blocks("TLSv1.1", AES128_SHA, 23, 32)).isPresent();
    }

    @Test
    void anAlertAndOtherCiphersAreLeftToOthers() {
        assertThat(blocks("TLSv1.2", AES128_SHA, 21, 2)).isEmpty();
        assertThat(blocks("TLSv1.2", AES128_SHA, 21, 3)).isPresent();
        assertThat(blocks("TLSv1.2", "TLS_RSA_WITH_AES_128_GCM_SHA256", 23, 17)).isEmpty();
    }

    @Test
    void aHandshakeMessageInPlainTextIsNamed() {
        byte[] record = {22, 3, 3, 0, 4, 14, 0, 0, 0};
        Finding finding = new OddProtectedRecord()
                .examine(failed("TLSv1.2", AES128_SHA, record).handshake())
                .orElseThrow();
        assertThat(finding.cause()).isSameAs(UnexpectedMessage.UNEXPECTED_MESSAGE);
        assertThat(finding.summary())
                .isEqualTo("The peer sent ServerHelloDone in plain text where encrypted records are due.");
    }

    @Test
    void aRecordShorterThanItsTagIsCertainWhereItWasCaptured() {
        String words = "javax.net.ssl.SSLException: Insufficient buffer remaining for AEAD cipher fragment (7)."
                + " Needs to be more than tag size (16)";
        byte[] record = {23, 3, 3, 0, 7, 1, 2, 3, 4, 5, 6, 7};
        String suite = "TLS_AES_128_GCM_SHA256";
        Finding captured = new OddProtectedRecord()
                .examine(failed("TLSv1.3", suite, record)
                        .with(Field.EXCEPTION, words)
                        .handshake())
                .orElseThrow();
        assertThat(captured.confidence()).isSameAs(Confidence.CERTAIN);
        assertThat(captured.summary())
                .isEqualTo(
                        "The peer sent a record of 7 bytes where encrypted ones are due: it is too short to have a tag.");
        assertThat(captured.evidence().toString())
                .contains("value=170303000701020304050607]", "value=7 bytes]", "value=" + suite + "]");

        Finding missing = new OddProtectedRecord()
                .examine(new FailedConnection("client", "socket")
                        .alert(BAD_RECORD_MAC)
                        .with(Field.EXCEPTION, words)
                        .handshake())
                .orElseThrow();
        assertThat(missing.confidence()).isSameAs(Confidence.LIKELY);
        assertThat(missing.evidence().toString()).contains("what=record, value=not captured]");
    }

    private static Optional<Finding> blocks(String protocol, String suite, int type, int length) {
        byte[] record = new byte[5 + length];
        record[0] = (byte) type;
        record[1] = 3;
        record[2] = 3;
        record[4] = (byte) length;
        return new OddProtectedRecord().examine(failed(protocol, suite, record).handshake());
    }

    private static FailedConnection failed(String protocol, String suite, byte... record) {
        return new FailedConnection("client", "socket")
                .message(Direction.OUT, new byte[] {1, 0, 0, 0})
                .record(1, 0, record)
                .event(new Event(EventType.NOTE, 1, 2))
                .alert(BAD_RECORD_MAC)
                .with(Field.PROTOCOL, protocol)
                .with(Field.CIPHER_SUITE, suite)
                .with(Field.EPOCH, 1)
                .with(Field.SEQUENCE, 0);
    }
}
