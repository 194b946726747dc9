package dev.tlscope.it.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.capture.CaptureReader;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.Jdk;
import dev.tlscope.it.harness.Scenario;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Client and server report the same address pair for one connection, with local and peer exchanged. */
class AddressTest {
    @TempDir
    private Path directory;

    static Stream<Arguments> cells() {
        return Jdk.all().stream()
                .flatMap(jdk -> Stream.of("engine", "socket").map(transport -> Arguments.of(jdk, transport)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cells")
    void bothSidesTellTheSamePair(Jdk jdk, String transport) throws IOException {
        Bench bench = new Bench(directory);
        String agent = bench.agent("keep=all,quiet=true");
        Scenario.Ran ran = new Scenario(bench, jdk)
                .serverJvm(agent)
                .clientJvm(agent)
                .server("--transport", transport)
                .client("--transport", transport)
                .handshakes(3)
                .run();
        assertThat(ran.clientOut().lines()).hasSize(3).allMatch(line -> line.startsWith("ok "));
        agree(bench, transport, 3);
    }

    /** The server fails on the ClientHello, before it sends a hello: the addresses come from the bytes that it read. */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cells")
    void aRefusedClientIsKnownByItsAddress(Jdk jdk, String transport) throws IOException {
        Bench bench = new Bench(directory);
        String agent = bench.agent("keep=failures,quiet=true");
        new Scenario(bench, jdk)
                .serverJvm(agent)
                .clientJvm(agent)
                .server("--transport", transport, "--protocols", "TLSv1.3")
                .client("--transport", transport, "--protocols", "TLSv1.2")
                .run();
        agree(bench, transport, 1);
    }

    private static void agree(Bench bench, String transport, int connections) throws IOException {
        assertThat(bench.captures()).hasSize(2);
        List<String> clients = new ArrayList<>();
        List<String> servers = new ArrayList<>();
        for (Path file : bench.captures()) {
            for (Event connection : connections(file)) {
                assertThat(connection.text(Field.TRANSPORT)).isEqualTo(transport);
                assertThat(connection.text(Field.ADDRESS_SOURCE))
                        .isEqualTo(transport.equals("engine") ? "bytes" : "socket");
                assertThat(connection.has(Field.SYNTHETIC_ADDRESS)).isFalse();
                String local = connection.text(Field.LOCAL);
                String peer = connection.text(Field.PEER);
                if ("client".equals(connection.text(Field.ROLE))) {
                    clients.add(local + " " + peer);
                } else {
                    servers.add(peer + " " + local);
                }
            }
        }
        assertThat(clients)
                .hasSize(connections)
                .doesNotHaveDuplicates()
                .allMatch(pair -> pair.startsWith("127.0.0.1:"));
        assertThat(servers).containsExactlyInAnyOrderElementsOf(clients);
    }

    private static List<Event> connections(Path file) throws IOException {
        List<Event> found = new ArrayList<>();
        CaptureReader.read(file, event -> {
            if (event.type() == EventType.CONNECTION) {
                found.add(event);
            }
        });
        return found;
    }
}
