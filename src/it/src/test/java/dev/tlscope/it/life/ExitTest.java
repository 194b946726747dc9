package dev.tlscope.it.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.capture.CaptureEnding;
import dev.tlscope.capture.CaptureReader;
import dev.tlscope.capture.EventType;
import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.ForkedJvm;
import dev.tlscope.it.harness.Jdk;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A JVM that exits right after its last failure leaves a capture with all failures, however busy the machine is. */
class ExitTest {
    private static final int FAILURES = 100;
    private static final int BUSY_THREADS = 6;

    @TempDir
    private Path directory;

    static Stream<Arguments> ends() {
        return Jdk.all().stream()
                .flatMap(jdk -> Stream.of(Arguments.of(jdk, "exit", "failures"), Arguments.of(jdk, "main", "all")));
    }

    @ParameterizedTest(name = "{0}, by {1}, keep={2}")
    @MethodSource("ends")
    void allIsInTheFile(Jdk jdk, String end, String keep) throws Exception {
        Bench bench = new Bench(directory);
        List<String> options = List.of(bench.agent("keep=" + keep + ",quiet=true"));
        try (ForkedJvm jvm = bench.program(
                jdk,
                options,
                "life.ExitRun",
                "--failures",
                String.valueOf(FAILURES),
                "--end",
                end,
                "--busy",
                String.valueOf(BUSY_THREADS))) {
            assertThat(jvm.exitCode()).as(jvm.err()).isZero();
        }
        Set<Long> connections = new HashSet<>();
        AtomicInteger failures = new AtomicInteger();
        assertThat(bench.captures()).hasSize(1);
        CaptureEnding ending = CaptureReader.read(bench.captures().get(0), event -> {
            if (event.type() == EventType.FAILURE) {
                failures.incrementAndGet();
                connections.add(event.connection());
            }
        });
        assertThat(ending.complete()).as(ending.toString()).isTrue();
        assertThat(ending.skipped()).isZero();
        assertThat(failures).hasValue(FAILURES);
        assertThat(connections).hasSize(FAILURES);
    }
}
