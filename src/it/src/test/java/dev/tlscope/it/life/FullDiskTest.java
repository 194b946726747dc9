package dev.tlscope.it.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.ForkedJvm;
import dev.tlscope.it.harness.Jdk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** When a capture cannot be written any more, it ends, status reports that, and the part before is readable. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "prlimit is Linux's")
class FullDiskTest {
    /** Within a block, wherever blocks end, because their lengths are multiples of four (pcapng). */
    private static final int FULL_AT = (64 << 10) + 2;

    @TempDir
    private Path directory;

    @Test
    void endsTheCaptureAndNothingElse() throws Exception {
        Bench bench = new Bench(directory);
        List<String> arguments = List.of(
                bench.agent("keep=all,secrets=on,quiet=true"),
                "-cp",
                Bench.DEMO.toString(),
                "dev.tlscope.demo.DemoService",
                "--pki",
                Bench.pki().toString(),
                "--clients",
                "0");
        try (ForkedJvm service = ForkedJvm.startWithFullDisk(FULL_AT, Jdk.current(), directory, arguments)) {
            service.lineThatBegins("ready ");
            for (int i = 0; i < 20; i++) {
                Bench.call(service, "orders TLSv1.3", "ok TLSv1.3");
            }
            Bench.Ran status = bench.succeed(Jdk.current(), "status", "" + service.pid());
            assertThat(status.out())
                    .contains("warning: capture stopped: cannot write "
                            + bench.captures().get(0))
                    .containsPattern("internal errors +0\n");
            bench.succeed(Jdk.current(), "detach", "" + service.pid());
            Bench.call(service, "orders TLSv1.3", "ok TLSv1.3");
            assertThat(service.err()).isEmpty();
        }
        assertThat(Files.size(bench.captures().get(0))).isEqualTo(FULL_AT);
        Bench.Ran explained =
                bench.cli(Jdk.current(), "explain", "--all", bench.out().toString());
        assertThat(explained.err().lines()).hasSize(1).allMatch(line -> line.contains("damaged at byte offset"));
        assertThat(explained.out()).contains("completed");
    }
}
