package dev.tlscope.analyzer.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.capture.Direction;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A first record that cannot begin a connection, and the hellos of SSLv2, by their headers (RFC 8446, 5.1; RFC 5246, E.2). */
class FirstRecordTest {
    private static final int UNEXPECTED_MESSAGE = 10;

    @ParameterizedTest
    @CsvSource({
        "1403030001, ChangeCipherSpec, 20",
        "1703010020, application data, 23",
        "1803040013, heartbeat, 24",
        "1703034800, application data, 23", // as long as TLS 1.2 allows
        "1703000000, application data, 23",
    })
    void aRecordThatCannotBeginAConnectionIsNamed(String header, String name, int type) {
        Finding finding = unexpected("server", header).orElseThrow();
        assertThat(finding.cause()).isSameAs(UnexpectedMessage.UNEXPECTED_MESSAGE);
        assertThat(finding.confidence()).isSameAs(Confidence.CERTAIN);
        assertThat(finding.summary())
                .isEqualTo("The first record of the client is " + name + " (content type " + type
                        + "), which cannot come before a handshake.");
        assertThat(finding.evidence().toString()).contains("value=" + header, "value=ClientHello]");
        assertThat(unexpected("client", header).orElseThrow().evidence().toString())
                .contains("value=ServerHello]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1603010200", // a handshake record
                "1503030002", // an alert
                "1703034801", // longer than any record
                "1703050010", // no version of TLS
                "1703800010",
                "1702030010",
                "17030300", // no whole header
                "474554202f", // GET /
            })
    void anythingElseIsLeftToOthers(String header) {
        assertThat(unexpected("server", header)).isEmpty();
    }

    @Test
    void afterAMessageOfThePeerItIsNoFirstRecord() {
        FailedConnection failed = failed("server", "1403030001").message(Direction.IN, new byte[] {1, 0, 0, 0});
        assertThat(new UnexpectedRecord().examine(failed.handshake())).isEmpty();
    }

    @Test
    void aHelloInTheFormOfSsl2IsNamedByItsVersion() {
        Finding form = ssl2("server", "802e010301").orElseThrow();
        assertThat(form.cause()).isSameAs(NoCommonProtocol.NO_COMMON_PROTOCOL);
        assertThat(form.confidence()).isSameAs(Confidence.CERTAIN);
        assertThat(form.summary())
                .isEqualTo(
                        "The client began with a ClientHello in the form of SSLv2, and SSLv2Hello is not enabled at this"
                                + " server.");
        assertThat(form.evidence().toString()).contains("value=802e010301", "value=0x0301");
        assertThat(form.fix()).hasSize(2).anyMatch(line -> line.contains("enable SSLv2Hello beside TLSv1.2"));

        Finding old = ssl2("server", "802e010002").orElseThrow();
        assertThat(old.summary())
                .isEqualTo("The client began with a ClientHello in the form of SSLv2, a version that no JDK has.");
        assertThat(old.fix()).containsExactly("Update the client, or enable TLSv1.2 or TLSv1.3 there.");
        assertThat(ssl2("server", "802e0102ff").orElseThrow().summary()).contains("a version that no JDK has");
        assertThat(ssl2("server", "802e010300").orElseThrow().summary()).contains("SSLv2Hello is not enabled");
    }

    @Test
    void aServerHelloOfSsl2IsOneForAClientAlone() {
        assertThat(ssl2("client", "8010040001").orElseThrow().summary())
                .isEqualTo("The server began with a ServerHello of SSLv2, a version that no JDK has.");
        assertThat(ssl2("server", "8010040001")).isEmpty();
        assertThat(ssl2("client", "802e010301")).isEmpty();
        assertThat(ssl2("server", "002e010301")).isEmpty();
        assertThat(ssl2("server", "802e0103")).isEmpty();
    }

    private static Optional<Finding> unexpected(String role, String header) {
        return new UnexpectedRecord().examine(failed(role, header).handshake());
    }

    private static Optional<Finding> ssl2(String role, String header) {
        return new Ssl2Hello().examine(failed(role, header).handshake());
    }

    private static FailedConnection failed(String role, String header) {
        return new FailedConnection(role, "socket")
                .record(0, 0, HexFormat.of().parseHex(header))
                .alert(UNEXPECTED_MESSAGE);
    }
}
