package dev.tlscope.it.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.ForkedJvm;
import dev.tlscope.it.harness.Jdk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A connection has the addresses of the program's sockets, in whatever way the bytes of a hello reach JSSE. */
class ChannelKindsTest {
    @TempDir
    private Path directory;

    static Stream<Jdk> jdks() {
        return Jdk.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void theAddressesAreFoundByContent(Jdk jdk) {
        Bench bench = new Bench(directory);
        List<String> printed;
        List<String> options = List.of(bench.agent("keep=all,quiet=true"));
        try (ForkedJvm jvm = bench.briefProgram(
                jdk, options, "capture.ChannelKinds", Bench.pki().toString())) {
            assertThat(jvm.exitCode()).as(jvm.out() + jvm.err()).isZero();
            printed = new ArrayList<>(jvm.out().lines().toList());
        }
        assertThat(printed.remove(printed.size() - 1)).isEqualTo("done");
        Map<String, List<CapturedSide>> kinds = CapturedSide.all(bench).stream()
                .collect(Collectors.groupingBy(
                        side -> side.handshake().path("serverName").asText().replace(".channel.test", "")));
        assertThat(kinds).hasSize(printed.size());
        for (String line : printed) {
            String[] words = line.split(" ", 3);
            // If a server read the ClientHello in pieces, its ServerHello identifies the connection. When both hellos
            // are sent in pieces, neither is recognized, and no address is guessed.
            boolean found = !words[0].equals("trickle");
            List<CapturedSide> sides = kinds.get(words[0]);
            assertThat(sides).as(line).hasSize(2);
            for (CapturedSide side : sides) {
                boolean client = side.role().equals("client");
                assertThat(side.handshake().path("local").asText(""))
                        .as(line + " " + side.role())
                        .isEqualTo(found ? words[client ? 1 : 2] : "");
                assertThat(side.handshake().path("peer").asText(""))
                        .as(line + " " + side.role())
                        .isEqualTo(found ? words[client ? 2 : 1] : "");
            }
        }
    }
}
