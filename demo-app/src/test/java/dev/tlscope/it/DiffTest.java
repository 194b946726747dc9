package dev.tlscope.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code diff} of connections of which nothing differs, of captures without a common one, and of wrong usage. */
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
        assertThat(Offline.run(bench, "diff", files).orElseThrow())
                .hasSize(3)
                .allMatch(connection -> !connection.get("differs").asBoolean());

        // one end twice, and a place that is not there
        String file = files.get(0).toString();
        Bench.Ran same = bench.cli(Jdk.current(), "diff", file, file);
        assertThat(same.exitCode()).isEqualTo(1);
        assertThat(same.err()).contains("no connection is in both");
        assertThat(bench.cli(Jdk.current(), "diff", file).exitCode()).isEqualTo(2);
        assertThat(bench.cli(Jdk.current(), "diff", file, file + ".gone").exitCode())
                .isEqualTo(1);
    }
}
