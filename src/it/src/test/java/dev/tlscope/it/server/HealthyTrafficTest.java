package dev.tlscope.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.InProcessCommand;
import dev.tlscope.it.harness.Jdk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Servers and clients of others that work, and leave their connections as they do: nothing is found, and keep=failures keeps none but
 * the one whose client refuses the server's certificate.
 */
class HealthyTrafficTest {
    @TempDir
    private Path directory;

    /** The libraries' class files are of Java 17. */
    static Stream<Arguments> servers() {
        return Jdk.all().stream()
                .filter(jdk -> jdk.version() >= 17)
                .flatMap(jdk -> Stream.of(
                                "JdkServer",
                                "SocketServer",
                                "SocketServer abrupt",
                                "UndertowServer",
                                "TomcatServer nio",
                                "TomcatServer nio2",
                                "JettyServer",
                                "NettyServer")
                        .map(server -> Arguments.of(jdk, server)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("servers")
    void noConnectionIsKept(Jdk jdk, String server) {
        Bench bench = new Bench(directory);
        List<String> arguments = List.of(Bench.pki().toString(), server);
        assertThat(LibraryProgram.run(bench, jdk, "keep=failures,quiet=true", "HealthyTraffic", arguments))
                .containsExactly("refused", "done");
        List<JsonNode> kept = new ArrayList<>();
        InProcessCommand.json("explain", List.of(bench.out()), "--all")
                .orElseThrow()
                .forEach(kept::add);
        assertThat(kept)
                .extracting(it -> it.get("role").asText() + " " + it.get("outcome").asText() + " "
                        + it.get("cause").asText())
                .containsExactlyInAnyOrder("client failed empty-trust-store", "server failed peer-refused-certificate");
    }
}
