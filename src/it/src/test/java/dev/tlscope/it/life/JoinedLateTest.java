package dev.tlscope.it.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Handshakes;
import dev.tlscope.capture.CaptureReader;
import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.ForkedJvm;
import dev.tlscope.it.harness.InProcessCommand;
import dev.tlscope.it.harness.Jdk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Connections that were open when the agent attached are recorded from their next event on, and earlier sessions that
 * they resume are reported as such.
 */
class JoinedLateTest {
    @TempDir
    private Path directory;

    static Stream<Jdk> jdks() {
        return Jdk.all().stream();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void openConnectionsArePickedUp(Jdk jdk) throws Exception {
        Bench bench = new Bench(directory);
        List<String> options = new ArrayList<>();
        if (jdk.version() >= 17) {
            options.add("-XX:+EnableDynamicAgentLoading");
        }
        Map<String, String> ports = new HashMap<>();
        try (ForkedJvm jvm = bench.briefProgram(
                jdk, options, "life.LateRun", "--pki", Bench.pki().toString())) {
            for (String line = jvm.nextLine(); !line.equals("ready"); line = jvm.nextLine()) {
                ports.put(line.substring(line.indexOf(' ') + 1), line.substring(0, line.indexOf(' ')));
            }
            bench.succeed(jdk, "attach", "" + jvm.pid(), "--out", bench.out().toString(), "--keep", "all");
            jvm.say("go");
            assertThat(jvm.nextLine()).isEqualTo("done");
            assertThat(jvm.exitCode()).as(jvm.err()).isZero();
            assertThat(jvm.err()).isEmpty();
        }
        List<Handshake> handshakes = new ArrayList<>();
        for (Path file : bench.captures()) {
            Handshakes builder = new Handshakes(file, handshakes::add);
            CaptureReader.read(file, builder);
            builder.end();
        }
        for (String what : List.of("key-update", "renegotiation", "close-13", "close-12")) {
            for (boolean client : new boolean[] {true, false}) {
                List<Handshake> late = handshakes.stream()
                        .filter(one -> one.joinedLate() && one.isClient() == client && has(one, ports.get(what)))
                        .toList();
                assertThat(late).as("%s, client %s", what, client).hasSize(1);
                assertThat(names(late.get(0), true).containsAll(expected(what, client)))
                        .as("%s, client %s: %s", what, client, names(late.get(0), true))
                        .isTrue();
                assertThat(names(late.get(0), false).containsAll(expected(what, !client)))
                        .as("%s, client %s: received %s", what, client, names(late.get(0), false))
                        .isTrue();
            }
        }
        List<Handshake> resumed =
                handshakes.stream().filter(one -> !one.joinedLate()).toList();
        assertThat(resumed).hasSize(4).allMatch(Handshake::completed);
        assertThat(resumed).allSatisfy(one -> {
            assertThat(one.session()).isNotNull();
            assertThat(one.session().resumed()).isTrue();
            assertThat(one.session().predatesCapture()).isTrue();
        });
        String shown = InProcessCommand.run("show", bench.out().toString()).out();
        assertThat(shown)
                .contains("joined late: it was open when tlscope was attached")
                .contains("resumed a session of ")
                .contains("before tlscope was attached: its full handshake is not captured");
        String explained =
                InProcessCommand.run("explain", "--all", bench.out().toString()).out();
        assertThat(explained).contains("joined late: ", "resumed a session of ");
    }

    /** The records that the acting side, the client, and the other side send. */
    private static List<String> expected(String what, boolean client) {
        return switch (what) {
            case "key-update" -> List.of("KeyUpdate");
            case "renegotiation" -> client ? List.of("ClientHello", "Finished") : List.of("ServerHello", "Finished");
            default -> client ? List.of("Alert") : List.of();
        };
    }

    private static List<String> names(Handshake handshake, boolean sent) {
        return handshake.messages().stream()
                .filter(message -> message.sent() == sent)
                .map(message -> message.name())
                .toList();
    }

    private static boolean has(Handshake handshake, String port) {
        String address = handshake.isClient() ? handshake.peer() : handshake.local();
        return address != null && address.endsWith(":" + port);
    }
}
