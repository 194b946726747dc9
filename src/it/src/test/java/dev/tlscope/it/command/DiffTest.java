package dev.tlscope.it.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.ExplainedFailures;
import dev.tlscope.it.harness.InProcessCommand;
import dev.tlscope.it.harness.Jdk;
import dev.tlscope.it.harness.Scenario;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code diff} of connections without differences, of one whose answer is lost, of captures without a common one, and
 * of wrong usage.
 */
class DiffTest {
    @TempDir
    private Path directory;

    @Test
    void healthyConnectionsAreTheSameAtBothEnds() {
        Bench bench = new Bench(directory);
        String agent = bench.agent("secrets=on,keep=all,records=all,quiet=true");
        new Scenario(bench, Jdk.current())
                .handshakes(3)
                .serverJvm(agent)
                .clientJvm(agent)
                .server("--pieces", "3")
                .run();
        List<Path> files = bench.captures();
        assertThat(files).hasSize(2);

        Bench.Ran ran = bench.cli(
                Jdk.current(), "diff", files.get(0).toString(), files.get(1).toString());

        assertThat(ran.exitCode()).as(ran.out() + ran.err()).isZero();
        assertThat(ran.out())
                .contains("3 connections at both ends: 3 the same, 0 different; 0 at one end only")
                .contains("client -> server  ClientHello", "client <- server  CertificateVerify")
                .contains("SERVER_HANDSHAKE_TRAFFIC_SECRET  #")
                .doesNotContain("differs", "means", "\u001b");
        assertThat(InProcessCommand.json("diff", files).orElseThrow())
                .hasSize(3)
                .allMatch(connection -> !connection.get("differs").asBoolean());

        // the same end twice, and a path that does not exist
        String file = files.get(0).toString();
        Bench.Ran same = bench.cli(Jdk.current(), "diff", file, file);
        assertThat(same.exitCode()).isEqualTo(1);
        assertThat(same.err()).contains("no connection is in both");
        assertThat(bench.cli(Jdk.current(), "diff", file).exitCode()).isEqualTo(2);
        assertThat(bench.cli(Jdk.current(), "diff", file, file + ".gone").exitCode())
                .isEqualTo(1);
    }

    /** The network passes the ClientHello and drops everything that the client sends after it. */
    @ParameterizedTest
    @CsvSource({"TLSv1.2, ClientKeyExchange", "TLSv1.3, Finished"})
    void anAnswerThatIsLostIsNotTheSameAtBothEnds(String protocol, String lost) {
        Bench bench = new Bench(directory);
        String agent = bench.agent("keep=all,quiet=true");
        AtomicBoolean begun = new AtomicBoolean();
        new Scenario(bench, Jdk.current())
                .serverJvm(agent)
                .clientJvm(agent)
                .client("--protocols", protocol)
                .network(record -> begun.getAndSet(true) ? List.of() : List.of(record))
                .run();
        List<Path> files = bench.captures();

        Bench.Ran ran = bench.cli(
                Jdk.current(), "diff", files.get(0).toString(), files.get(1).toString());
        assertThat(ran.exitCode()).as(ran.out() + ran.err()).isEqualTo(4);
        assertThat(ran.out())
                .contains("means: lost in transit: the client's " + lost + " and what follows left it")
                .doesNotContain("the same at both ends");

        JsonNode server = ExplainedFailures.of(files).at("server");
        assertThat(server.get("cause").asText()).isEqualTo("handshake-timeout");
        assertThat(ExplainedFailures.value(server, "lost")).startsWith(lost + ", sent by the client");
        assertThat(server.get("fix").toString()).contains("what lies between the two");
    }
}
