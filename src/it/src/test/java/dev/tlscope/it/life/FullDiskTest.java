package dev.tlscope.it.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.ForkedJvm;
import dev.tlscope.it.harness.Jdk;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** When a file cannot be written any more, status reports that, the capture goes on in the next one, and all files are whole. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "prlimit is Linux's")
class FullDiskTest {
    /** Within a block, wherever blocks end, because their lengths are multiples of four (pcapng). */
    private static final int FULL_AT = (64 << 10) + 2;

    @TempDir
    private Path directory;

    @Test
    void interruptsTheCaptureAndNothingElse() throws Exception {
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
            Awaitility.await()
                    .atMost(ForkedJvm.PATIENCE)
                    .untilAsserted(() -> assertThat(bench.captures()).hasSizeGreaterThan(1));
            Bench.call(service, "orders TLSv1.2", "ok TLSv1.2");
            Bench.Ran detached = bench.succeed(Jdk.current(), "detach", "" + service.pid());
            assertThat(detached.out())
                    .containsPattern("warning: capture (was interrupted|interrupted since) ")
                    .containsPattern(", [1-9][0-9]* events dropped");
            Bench.call(service, "orders TLSv1.3", "ok TLSv1.3");
            assertThat(service.err()).isEmpty();
        }
        Bench.Ran explained =
                bench.cli(Jdk.current(), "explain", "--all", bench.out().toString());
        assertThat(explained.err()).isEmpty();
        assertThat(explained.out()).contains("completed");
    }
}
