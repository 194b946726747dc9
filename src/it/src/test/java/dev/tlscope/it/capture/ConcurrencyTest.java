package dev.tlscope.it.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.ForkedJvm;
import dev.tlscope.it.harness.Jdk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Many connections at once: each is captured completely and once on both sides, with its own secrets, however threads
 * are used.
 */
class ConcurrencyTest {
    private static final int COUNT = 200;

    @TempDir
    private Path directory;

    static Stream<Jdk> jdks() {
        return Jdk.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void nothingIsLostAndNothingTwice(Jdk jdk) {
        Bench bench = new Bench(directory);
        List<String> options = List.of(bench.agent("secrets=on,keep=all,records=all,quiet=true"));
        List<String> counted;
        try (ForkedJvm jvm =
                bench.program(jdk, options, "capture.Crowd", Bench.pki().toString(), "" + COUNT)) {
            assertThat(jvm.exitCode()).as(jvm.out() + jvm.err()).isZero();
            counted = jvm.out().lines().toList();
        }
        List<String> ways = jdk.version() < 21
                ? List.of("sockets", "interrupted", "engines")
                : List.of("sockets", "interrupted", "virtual", "engines");
        Map<String, CapturedSide> clients = new HashMap<>();
        Map<String, CapturedSide> servers = new HashMap<>();
        for (CapturedSide side : CapturedSide.all(bench)) {
            CapturedSide other = (side.role().equals("client") ? clients : servers).put(side.serverRandom(), side);
            assertThat(other).as("captured twice: " + side).isNull();
        }
        assertThat(counted).contains("done").noneMatch(line -> line.startsWith("failed"));
        for (String way : ways) {
            // The captures hold exactly the handshakes that the program counted.
            assertThat(counted).contains(way + " clients " + COUNT + " servers " + COUNT);
            assertThat(clients.values().stream().filter(side -> name(side).startsWith(way + "-")))
                    .hasSize(COUNT);
        }
        assertThat(clients).hasSize(ways.size() * COUNT).hasSameSizeAs(servers);
        Set<String> secrets = new HashSet<>();
        clients.forEach((random, client) -> {
            CapturedSide server = servers.get(random);
            assertThat(server).as("the other side of " + name(client)).isNotNull();
            whole(client, server);
            List<String> own = new ArrayList<>();
            client.secrets().forEach((label, values) -> {
                if (label.matches(
                        "(CLIENT_RANDOM|[A-Z_]*TRAFFIC_SECRET[A-Z_0-9]*|(pre)?master_secret|shared_secret) of.*")) {
                    own.addAll(values);
                }
            });
            own.stream()
                    .distinct()
                    .forEach(secret -> assertThat(secrets.add(secret))
                            .as("another connection's: " + name(client))
                            .isTrue());
        });
    }

    private static void whole(CapturedSide client, CapturedSide server) {
        assertThat(count(client, "handshake")).as(name(client)).isEqualTo(1);
        assertThat(count(server, "handshake")).as(name(client)).isEqualTo(1);
        assertThat(count(client, "closed")).as(name(client)).isEqualTo(1);
        assertThat(count(client, "failure")).as(name(client)).isZero();
        assertThat(client.secrets()).as(name(client)).isNotEmpty().isEqualTo(server.secrets());
        for (boolean byClient : new boolean[] {true, false}) {
            String difference = TlsMessage.difference(
                    CapturedSide.sentBy(byClient, client.messages()), CapturedSide.sentBy(byClient, server.messages()));
            assertThat(difference).as(name(client)).isEmpty();
        }
        // The other side received each record that one side sent.
        assertThat(count(client, "record")).as(name(client)).isEqualTo(count(server, "record"));
    }

    private static String name(CapturedSide client) {
        return client.handshake().path("serverName").asText();
    }

    private static long count(CapturedSide side, String type) {
        long count = 0;
        for (JsonNode event : side.handshake().get("events")) {
            count += event.get("type").asText().equals(type) ? 1 : 0;
        }
        return count;
    }
}
