package dev.tlscope.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.ExplainedFailures;
import dev.tlscope.it.harness.Jdk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Libraries that abandon an SSLEngine without a call when their peer closes, resets, or is silent: the failure is
 * captured with keep=failures, and explained.
 */
class AbandonedEngineTest {
    private static final Map<String, String> CAUSES =
            Map.of("closed", "peer-closed", "reset", "connection-reset", "silent", "handshake-timeout");

    @TempDir
    private Path directory;

    static Stream<Arguments> programs() {
        return Jdk.all().stream()
                .flatMap(jdk -> Stream.of("HttpCalls", "NettyCalls nio", "NettyCalls epoll")
                        .filter(program -> jdk.version() >= 11 || program.startsWith("Netty"))
                        .map(program -> Arguments.of(jdk, program)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("programs")
    void itIsTold(Jdk jdk, String program) {
        Bench bench = new Bench(directory);
        String[] words = program.split(" ", 2);
        Map<String, String> wayOfPort = new TreeMap<>();
        LibraryProgram.run(bench, jdk, "quiet=true", words[0], List.of(words).subList(1, words.length)).stream()
                .map(line -> line.split(" "))
                .filter(line -> line.length == 2)
                .forEach(line -> wayOfPort.put(line[1], line[0]));
        List<JsonNode> failures = new ArrayList<>();
        ExplainedFailures.of(bench).failures().forEach(failures::add);
        boolean seen = !program.endsWith("epoll");
        assertThat(failures)
                .allSatisfy(it -> assertThat(it.get("role").asText()).isEqualTo("client"));
        if (!seen) {
            // over a native transport the agent sees no socket: the answer is not certain, but no failure is missing
            assertThat(failures).hasSize(CAUSES.size()).allSatisfy(it -> {
                assertThat(it.get("confidence").asText()).isNotEqualTo("certain");
                assertThat(it.get("cause").asText()).isIn(CAUSES.values());
            });
            return;
        }
        Map<String, String> told = new TreeMap<>();
        failures.forEach(it -> told.put(
                wayOfPort.getOrDefault(it.path("peer").asText().replaceAll(".*:", ""), "unknown: " + it),
                it.get("cause").asText()));
        assertThat(told).isEqualTo(new TreeMap<>(CAUSES));
    }
}
