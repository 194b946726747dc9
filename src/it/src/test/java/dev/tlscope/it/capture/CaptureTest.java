package dev.tlscope.it.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.ExplainedFailures;
import dev.tlscope.it.harness.ForkedJvm;
import dev.tlscope.it.harness.Jdk;
import dev.tlscope.it.harness.Scenario;
import dev.tlscope.it.harness.Tshark;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** tshark reads what the agent writes, and decrypts it with only the secrets in the file. */
class CaptureTest {
    @TempDir
    private Path directory;

    static Stream<Arguments> cells() {
        return Jdk.all().stream()
                .flatMap(jdk -> Stream.of("TLSv1.2", "TLSv1.3")
                        .flatMap(protocol -> Stream.of("socket", "engine")
                                .flatMap(transport -> Stream.of("server", "client")
                                        .map(side -> Arguments.of(jdk, protocol, transport, side)))));
    }

    @ParameterizedTest(name = "{0} {1} {2} {3}")
    @MethodSource("cells")
    void tsharkDecryptsIt(Jdk jdk, String protocol, String transport, String side) throws Exception {
        Bench bench = new Bench(directory);
        String agent = bench.agent("secrets=on,keep=all,records=all,quiet=true");
        Scenario scenario = new Scenario(bench, jdk)
                .handshakes(2)
                .server("--protocols", protocol, "--transport", transport)
                .client("--protocols", protocol, "--transport", transport);
        Scenario.Ran ran = (side.equals("server") ? scenario.serverJvm(agent) : scenario.clientJvm(agent)).run();

        assertThat(ran.clientOut().lines()).hasSize(2).allMatch(line -> line.startsWith("ok " + protocol));
        assertThat(ran.serverOut()).endsWith("served 2 failed 0\n");
        assertThat(ran.serverErr() + ran.clientErr())
                .as("nothing that the JVM did not print before")
                .isEmpty();

        assertThat(bench.captures()).hasSize(1);
        Path file = bench.captures().get(0);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(bench.out())))
                .isEqualTo("rwx------");
        everythingIsSeen(file);
        assertThat(ExplainedFailures.of(bench).failures()).as("nothing failed").isEmpty();
    }

    private static void everythingIsSeen(Path file) {
        List<Map<String, List<String>>> packets = Tshark.fields(
                file,
                "http.request.method",
                "http.response.code",
                "tls.handshake.type",
                "_ws.malformed",
                "tcp.analysis.flags",
                "tcp.flags.syn",
                "tcp.flags.ack");
        assertThat(values(packets, "http.request.method"))
                .as("requests in clear in\n" + packets)
                .containsExactly("GET", "GET");
        assertThat(values(packets, "http.response.code")).containsExactly("200", "200");
        assertThat(values(packets, "tls.handshake.type"))
                .as("Finished, both ways")
                .filteredOn("20"::equals)
                .hasSize(4);
        assertThat(values(packets, "_ws.malformed")).isEmpty();
        assertThat(values(packets, "tcp.analysis.flags")).isEmpty();
        assertThat(packets)
                .as("connections that are opened")
                .filteredOn(packet -> packet.get("tcp.flags.syn").equals(List.of("1"))
                        && packet.get("tcp.flags.ack").equals(List.of("0")))
                .hasSize(2);
    }

    private static List<String> values(List<Map<String, List<String>>> packets, String field) {
        return packets.stream().flatMap(packet -> packet.get(field).stream()).toList();
    }

    /** A service on a port that Wireshark assigns to another protocol: PCP, AMS, EtherNet/IP. */
    @Test
    void tsharkDecryptsItOnAnyPort() throws Exception {
        Bench bench = new Bench(directory);
        int port = IntStream.of(44321, 48898, 44818)
                .filter(CaptureTest::isFree)
                .findFirst()
                .orElseThrow();
        String agent = bench.agent("secrets=on,keep=all,records=all,quiet=true");
        try (ForkedJvm service = bench.service(Jdk.current(), List.of(agent), "--endpoint", "orders=" + port)) {
            Bench.call(service, "orders TLSv1.3", "ok TLSv1.3");
            service.say("quit");
            assertThat(service.exitCode()).isZero();
        }
        assertThat(Tshark.count(bench.captures().get(0), "http.request.method == GET && tcp.port == " + port))
                .as("one connection, from both of its ends")
                .isEqualTo(2);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
