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
 * Third-party servers and clients that work, and end their connections in their own ways: there is no finding, and
 * keep=failures keeps only the connection whose client rejects the server's certificate.
 */
class HealthyTrafficTest {
    @TempDir
    private Path directory;

    /** The libraries' class files are for Java 17. */
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
        String refusing = play(bench, jdk, "keep=failures", server);
        assertThat(explained(bench))
                .isNotEmpty()
                .allSatisfy(it -> assertThat(ends(it)).as(it.toPrettyString()).contains(refusing));
    }

    static Stream<Jdk> jdks() {
        return Jdk.all().stream().filter(jdk -> jdk.version() >= 17);
    }

    /** The same connections with keep=all: they completed, some ended without close_notify, and none has a cause. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void endingsAreNoFindings(Jdk jdk) {
        Bench bench = new Bench(directory);
        String refusing = play(bench, jdk, "keep=all", "UndertowServer");
        List<JsonNode> healthy = explained(bench).stream()
                .filter(it -> !ends(it).contains(refusing))
                .toList();
        assertThat(healthy).hasSizeGreaterThan(20).allSatisfy(it -> {
            assertThat(it.get("outcome").asText()).as(it.toPrettyString()).isEqualTo("completed");
            assertThat(it.get("cause").isNull()).as(it.toPrettyString()).isTrue();
        });
        assertThat(healthy)
                .anySatisfy(it -> assertThat(it.get("ending").asText()).isEqualTo("closed by this side"));
        assertThat(healthy)
                .anySatisfy(it -> assertThat(it.get("ending").asText()).isEqualTo("closed without close_notify"));
    }

    /** Returns the address of the client that rejects the server's certificate, which must be found. */
    private static String play(Bench bench, Jdk jdk, String keep, String server) {
        List<String> arguments = List.of(Bench.pki().toString(), server);
        List<String> said = LibraryProgram.run(bench, jdk, keep + ",quiet=true", "HealthyTraffic", arguments);
        String refusing = said.get(0).replace("refuses ", "");
        assertThat(explained(bench)).anySatisfy(it -> {
            assertThat(it.path("local").asText()).isEqualTo(refusing);
            assertThat(it.get("cause").asText()).isEqualTo("empty-trust-store");
        });
        return refusing;
    }

    private static List<JsonNode> explained(Bench bench) {
        List<JsonNode> all = new ArrayList<>();
        InProcessCommand.json("explain", List.of(bench.out()), "--all")
                .orElseThrow()
                .forEach(all::add);
        return all;
    }

    private static List<String> ends(JsonNode handshake) {
        return List.of(handshake.path("local").asText(), handshake.path("peer").asText());
    }
}
