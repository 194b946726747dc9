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
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Plain text at servers over SSLEngine: the protocol and the client's address are found, whether the engine gets the
 * bytes or a library above it rejects them (Netty). Tomcat creates its engine after it has read a ClientHello, so that
 * plain text does not reach JSSE.
 */
class PlaintextAtServersTest {
    /** What the finding must name for each protocol. */
    private static final Map<String, String> NAMES =
            Map.of("HTTP", "HTTP", "PROXY 1", "PROXY", "PROXY 2", "PROXY", "CQL", "Cassandra", "MQTT", "MQTT");

    @TempDir
    private Path directory;

    static Stream<Arguments> servers() {
        return Jdk.all().stream()
                .filter(jdk -> jdk.version() >= 17)
                .flatMap(jdk -> Stream.of("NettyServer", "JettyServer", "UndertowServer", "SocketServer")
                        .map(server -> Arguments.of(jdk, server)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("servers")
    void theProtocolAndThePeerAreFound(Jdk jdk, String server) {
        Bench bench = new Bench(directory);
        Map<String, String> protocolOf = new HashMap<>();
        List<String> said = LibraryProgram.run(
                bench,
                jdk,
                "keep=failures,quiet=true",
                "PlaintextCalls",
                List.of(Bench.pki().toString(), server));
        for (String line : said) {
            int last = line.lastIndexOf(' ');
            if (line.startsWith("sent ")) {
                protocolOf.put(line.substring(last + 1), line.substring("sent ".length(), last));
            } else if (line.startsWith("met ")) {
                protocolOf.put(line.substring(last + 1), "met");
            }
        }
        Map<String, JsonNode> found = new TreeMap<>();
        ExplainedFailures.of(bench)
                .failures()
                .forEach(it -> found.put(protocolOf.getOrDefault(it.path("peer").asText(), "unknown: " + it), it));
        assertThat(found.keySet()).containsExactlyInAnyOrderElementsOf(protocolOf.values());
        found.forEach((protocol, it) -> {
            boolean met = protocol.equals("met");
            assertThat(it.get("cause").asText())
                    .as(it.toPrettyString())
                    .isEqualTo(met ? "plaintext-peer" : "plaintext-client");
            assertThat(it.get("confidence").asText()).isEqualTo("certain");
            assertThat(it.get("summary").asText()).contains(NAMES.getOrDefault(protocol, "HTTP"));
        });
    }
}
