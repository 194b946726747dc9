package dev.tlscope.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tlscope.capture.CaptureReader;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.ExplainedFailures;
import dev.tlscope.it.harness.Jdk;
import dev.tlscope.it.harness.Tshark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Common servers: the captured addresses of their engines' connections are those of their clients' sockets. */
class ServersTest {
    private static final int CONNECTIONS = 3;

    @TempDir
    private Path directory;

    /** The libraries' class files are for Java 17, Netty's for Java 8. */
    static Stream<Arguments> servers() {
        return Jdk.all().stream()
                .flatMap(jdk -> Stream.of(
                                "NettyPair nio",
                                "TomcatServer nio",
                                "TomcatServer nio2",
                                "JettyServer",
                                "UndertowServer",
                                "KafkaPair")
                        .filter(server -> jdk.version() >= 17 || server.startsWith("Netty"))
                        .map(server -> Arguments.of(jdk, server)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("servers")
    void theTruePeerIsShown(Jdk jdk, String server) throws IOException {
        Bench bench = new Bench(directory);
        List<String> said = run(bench, jdk, server);
        List<String> known =
                said.stream().filter(line -> line.startsWith("client ")).toList();
        Map<String, String> lost = lost(said);
        List<String> clients = new ArrayList<>();
        List<String> servers = new ArrayList<>();
        for (Event connection : connections(bench)) {
            assertThat(connection.text(Field.ADDRESS_SOURCE))
                    .as(connection.toString())
                    .isEqualTo(connection.text(Field.TRANSPORT).equals("engine") ? "bytes" : "socket");
            String local = connection.text(Field.LOCAL);
            String peer = connection.text(Field.PEER);
            if ("client".equals(connection.text(Field.ROLE))) {
                clients.add("client " + local + " " + peer);
            } else {
                assertThat(connection.text(Field.TRANSPORT)).isEqualTo("engine");
                if (lost.containsKey(peer)) {
                    continue;
                }
                servers.add("client " + peer + " " + local);
            }
        }
        assertThat(known).hasSize(CONNECTIONS).doesNotHaveDuplicates();
        shownByTshark(bench, known, lost.keySet());
        assertThat(clients).containsExactlyInAnyOrderElementsOf(known);
        assertThat(servers).containsExactlyInAnyOrderElementsOf(known);
        Map<String, String> told = new TreeMap<>();
        ExplainedFailures.of(bench)
                .failures()
                .forEach(failure -> told.put(failure.path("peer").asText(), ending(failure)));
        assertThat(told).isEqualTo(lost);
    }

    /** A client that resets after our certificate may have rejected it: then the reset is the next candidate. */
    private static String ending(JsonNode failure) {
        String cause = failure.get("cause").asText();
        boolean open = cause.equals("peer-refused-certificate")
                && failure.get("candidates").findValuesAsText("cause").contains("connection-reset");
        return open ? "connection-reset" : cause;
    }

    /** The clients that were lost in the handshake, by their addresses, and the cause of each. */
    private static Map<String, String> lost(List<String> said) {
        Map<String, String> lost = new TreeMap<>();
        for (String line : said) {
            String[] words = line.split(" ", -1);
            if (words[0].equals("lost")) {
                lost.put(words[2], words[1].equals("closed") ? "peer-closed" : "connection-reset");
            }
        }
        return lost;
    }

    /** Each pair occurs in the packets once: the other side's, in the same file, is made up. */
    private static void shownByTshark(Bench bench, List<String> known, Set<String> lost) {
        String[] fields = {"-T", "fields", "-E", "separator=:", "-e", "ip.src", "-e", "tcp.srcport", "-e", "ip.dst"};
        List<String> arguments = new ArrayList<>(List.of("-Y", "tcp.flags.syn == 1 && tcp.flags.ack == 0"));
        arguments.addAll(Arrays.asList(fields));
        arguments.addAll(List.of("-e", "tcp.dstport"));
        List<String> shown = Tshark.read(bench.captures().get(0), arguments.toArray(new String[0]))
                .lines()
                .map(line -> line.replaceFirst("(:[0-9]+):", "$1 "))
                .filter(line -> line.startsWith("127."))
                .filter(line -> lost.stream().noneMatch(client -> line.startsWith(client + " ")))
                .toList();
        assertThat(shown)
                .containsExactlyInAnyOrderElementsOf(known.stream()
                        .map(pair -> pair.substring("client ".length()))
                        .toList());
    }

    static Stream<Jdk> jdks() {
        return Jdk.all().stream();
    }

    /**
     * Epoll does not use the JDK's sockets: the address is not known, and the packets' addresses are marked as made up.
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void aNativeTransportIsMarkedAsNotKnown(Jdk jdk) throws IOException {
        Bench bench = new Bench(directory);
        assertThat(run(bench, jdk, "NettyPair epoll"))
                .filteredOn(line -> line.startsWith("client "))
                .hasSize(CONNECTIONS);
        List<Event> connections = connections(bench);
        assertThat(connections).hasSize(2 * CONNECTIONS).allSatisfy(connection -> {
            assertThat(connection.text(Field.ADDRESS_SOURCE)).isEqualTo("unknown");
            assertThat(connection.has(Field.LOCAL)).isFalse();
            assertThat(connection.has(Field.PEER)).isFalse();
            assertThat(connection.flag(Field.SYNTHETIC_ADDRESS)).isTrue();
        });
        Path file = bench.captures().get(0);
        assertThat(Tshark.count(file, "tcp && !(ip.addr == 192.0.2.0/24 && ip.addr == 198.51.100.0/24)"))
                .isZero();
        assertThat(Tshark.count(file, "frame.comment contains \"made up\" || frame.comment contains \"synthetic\""))
                .isPositive();
    }

    /** The program's lines on its connections: {@code client LOCAL PEER}, {@code lost WAY LOCAL}. */
    private static List<String> run(Bench bench, Jdk jdk, String server) {
        String[] words = server.split(" ", 2);
        List<String> arguments = new ArrayList<>(List.of(Bench.pki().toString()));
        arguments.addAll(Arrays.asList(words).subList(1, words.length));
        return LibraryProgram.run(bench, jdk, "keep=all,quiet=true", words[0], arguments);
    }

    /** The last CONNECTION event of each connection. */
    private static List<Event> connections(Bench bench) throws IOException {
        Map<String, Event> last = new LinkedHashMap<>();
        for (Path file : bench.captures()) {
            CaptureReader.read(file, event -> {
                if (event.type() == EventType.CONNECTION) {
                    last.put(file + " " + event.connection(), event);
                }
            });
        }
        return List.copyOf(last.values());
    }
}
