package dev.tlscope.analyzer.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.finding.Candidate;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.capture.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A record that does not verify, of which nothing can be recomputed: three causes look the same. */
class UnprovenRecordTest {
    private static final int BAD_RECORD_MAC = 20;

    @ParameterizedTest
    @CsvSource({
        "socket, 192.0.2.1:5000, 198.51.100.2:443, record-corrupted possible",
        "engine, 192.0.2.1:5000, 198.51.100.2:443, engine-misuse possible",
        "socket, 127.0.0.1:5000, 127.0.0.1:443, engine-misuse possible",
        "socket, [::1]:5000, [::1]:443, engine-misuse possible",
        "socket, 192.0.2.1:5000, 192.0.2.1:443, engine-misuse possible",
        "socket, 192.0.2.1:5000, 192.0.2.10:443, record-corrupted possible"
    })
    void theApplicationComesFirstWhereItMovesTheRecords(String transport, String local, String peer, String told) {
        FailedConnection connection = new FailedConnection("client", transport)
                .between(local, peer)
                .completed("TLSv1.2")
                .alert(BAD_RECORD_MAC)
                .with(Field.EXCEPTION, "javax.crypto.AEADBadTagException: Tag mismatch!");

        assertThat(connection.told()).isEqualTo(told);
        assertThat(connection.finding().candidates())
                .extracting(Candidate::cause)
                .extracting(CauseId::id)
                .hasSize(2)
                .doesNotContain(told.split(" ", -1)[0])
                .contains("record-desync");
    }

    @Test
    void theSentenceOfTheEvidenceNamesWhyTheApplication() {
        FailedConnection connection = new FailedConnection("server", "socket")
                .between("127.0.0.1:443", "127.0.0.1:5000")
                .completed("TLSv1.3")
                .alert(BAD_RECORD_MAC);

        assertThat(connection.finding().evidence())
                .anySatisfy(fact -> assertThat(fact.value()).contains("both ends are on one host (127.0.0.1:5000)"));
    }
}
