package dev.tlscope.it.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.capture.CaptureReader;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.ForkedJvm;
import dev.tlscope.it.harness.Jdk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A start script may name the agent twice, in JAVA_TOOL_OPTIONS and on the command line: every message is captured once. */
class SecondAgentTest {
    @TempDir
    private Path directory;

    static Stream<Jdk> jdks() {
        return Jdk.all().stream();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void theSecondIsRefusedInOneLine(Jdk jdk) throws Exception {
        Bench bench = new Bench(directory);
        String agent = bench.agent("keep=failures,quiet=true");
        try (ForkedJvm jvm =
                bench.program(jdk, List.of(agent, agent), "life.ExitRun", "--failures", "3", "--end", "exit")) {
            assertThat(jvm.exitCode()).as(jvm.err()).isZero();
            assertThat(jvm.err().lines().filter(line -> line.startsWith("tlscope: not attached: ")))
                    .hasSize(1)
                    .allMatch(line -> line.contains("another -javaagent of this JVM is tlscope too"));
        }
        assertThat(bench.captures()).hasSize(1);
        List<Event> failures = new ArrayList<>();
        List<String> sent = new ArrayList<>();
        CaptureReader.read(bench.captures().get(0), event -> {
            if (event.type() == EventType.FAILURE) {
                failures.add(event);
            } else if (event.type() == EventType.MESSAGE && "out".equals(event.text(Field.DIRECTION))) {
                sent.add(event.connection() + " " + java.util.Arrays.toString(event.bytes(Field.BYTES)));
            }
        });
        Set<String> once = new HashSet<>(sent);
        assertThat(failures).hasSize(3);
        assertThat(sent).isNotEmpty().hasSameSizeAs(once);
    }
}
