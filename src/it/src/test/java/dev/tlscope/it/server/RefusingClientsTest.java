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

/** Libraries that refuse a name or certificate after the handshake are found with keep=failures; a probe that closes is not kept. */
class RefusingClientsTest {
    /** Each way to reject, and what the finding must show for it. */
    private static final Map<String, String> SHOWN = Map.of(
            "urlconnection", "HttpsClient.checkURLSpoofing",
            "okhttp", "Hostname 127.0.0.2 not verified",
            "pin", "Certificate pinning failure",
            "apache", "doesn't match any of the subject alternative names",
            "apache-async", "doesn't match any of the subject alternative names",
            "own-exception", "Hostname doesn't match certificate");

    @TempDir
    private Path directory;

    static Stream<Jdk> jdks() {
        return Jdk.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void whatTheLibraryRefusedIsFound(Jdk jdk) {
        Bench bench = new Bench(directory);
        Map<String, String> wayOfPort = new HashMap<>();
        LibraryProgram.run(
                        bench,
                        jdk,
                        "keep=failures,quiet=true",
                        "RefusingClients",
                        List.of(Bench.pki().toString()))
                .stream()
                .map(line -> line.split(" ", -1))
                .filter(line -> line.length == 2)
                .forEach(line -> wayOfPort.put(line[1], line[0]));
        Map<String, JsonNode> found = new TreeMap<>();
        for (JsonNode it : ExplainedFailures.of(bench).failures()) {
            boolean client = it.get("role").asText().equals("client");
            String port = it.path(client ? "peer" : "local").asText().replaceAll(".*:", "");
            String way = wayOfPort.getOrDefault(port, "unknown: " + it);
            if (client) {
                found.put(way, it);
            } else {
                // one client leaves before its first message; what the others refused, their server may notice
                assertThat(it.get("summary").asText())
                        .as(it.toPrettyString())
                        .contains(way.equals("connect") ? "TCP health check" : "this client refused the server's");
            }
        }
        JsonNode lacking = found.remove("h2");
        assertThat(lacking).as("the client that offers h2 alone").isNotNull();
        assertThat(lacking.get("cause").asText()).as(lacking.toPrettyString()).isEqualTo("no-common-alpn");
        assertThat(lacking.get("confidence").asText()).isEqualTo("likely");
        assertThat(ExplainedFailures.value(lacking, "client offers")).isEqualTo("h2");
        assertThat(found).containsOnlyKeys(SHOWN.keySet());
        found.forEach((way, it) -> {
            assertThat(it.get("cause").asText()).as(it.toPrettyString()).isEqualTo("refused-after-handshake");
            assertThat(it.get("confidence").asText()).as(it.toPrettyString()).isEqualTo("certain");
            assertThat(it.get("summary").asText()).contains(way.equals("pin") ? "pins" : "not valid for 127.0.0.2");
            assertThat(it.get("evidence").toString()).contains(SHOWN.get(way));
            assertThat(ExplainedFailures.value(it, "certificate is valid for"))
                    .as(it.toPrettyString())
                    .contains("localhost");
        });
    }
}
