package dev.tlscope.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.ExplainedFailures;
import dev.tlscope.it.harness.Jdk;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An SSLEngine whose delegated task never ends: the finding shows the task's state, and where it hangs. */
class StuckEnginesTest {
    private static final Map<String, String> SAID = Map.of(
            "due", "had not asked for it",
            "taken", "had taken it and not run it",
            "running", "had begun and had not ended");

    @TempDir
    private Path directory;

    static Stream<Jdk> jdks() {
        return Jdk.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void whatBecameOfTheTaskIsFound(Jdk jdk) {
        Bench bench = new Bench(directory);
        Map<String, String> wayOfPort = new HashMap<>();
        LibraryProgram.run(
                        bench,
                        jdk,
                        "keep=failures,quiet=true",
                        "StuckEngines",
                        List.of(Bench.pki().toString()))
                .stream()
                .map(line -> line.split(" ", -1))
                .filter(line -> line.length == 2)
                .forEach(line -> wayOfPort.put(line[1], line[0]));
        Map<String, JsonNode> found = new TreeMap<>();
        for (JsonNode it : ExplainedFailures.alone(bench).failures()) {
            if (it.get("role").asText().equals("client")) {
                found.put(wayOfPort.get(it.path("peer").asText().replaceAll(".*:", "")), it);
            }
        }
        assertThat(found).containsOnlyKeys(SAID.keySet());
        found.forEach((way, it) -> {
            assertThat(it.get("cause").asText()).as(it.toPrettyString()).isEqualTo("internal");
            assertThat(it.get("confidence").asText()).isEqualTo("likely");
            assertThat(it.get("summary").asText()).contains(SAID.get(way));
        });
        assertThat(ExplainedFailures.value(found.get("running"), "delegated task is in the application's"))
                .contains("HangingTrust.checkServerTrusted");
    }
}
