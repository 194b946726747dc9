package dev.tlscope.it.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.InProcessCommand;
import dev.tlscope.it.harness.Jdk;
import dev.tlscope.it.harness.Scenario;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code verify} recomputes what JSSE derived, sent and received, from the captures of both sides. */
class VerifyTest {
    @TempDir
    private Path directory;

    static Stream<Arguments> cells() {
        return Jdk.all().stream()
                .flatMap(jdk -> Stream.of(
                        Arguments.of(jdk, "engine", "TLSv1.2", "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384"),
                        Arguments.of(jdk, "socket", "TLSv1.2", "TLS_RSA_WITH_AES_128_GCM_SHA256"),
                        Arguments.of(jdk, "socket", "TLSv1", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"),
                        Arguments.of(jdk, "engine", "TLSv1.3", "TLS_AES_256_GCM_SHA384"),
                        Arguments.of(
                                jdk,
                                "socket",
                                "TLSv1.3",
                                jdk.version() < 11 ? "TLS_AES_128_GCM_SHA256" : "TLS_CHACHA20_POLY1305_SHA256")));
    }

    @ParameterizedTest(name = "{0} {1} {2} {3}")
    @MethodSource("cells")
    void everyValueAndRecordVerifies(Jdk jdk, String transport, String protocol, String suite) throws Exception {
        Bench bench = new Bench(directory);
        String agent = bench.agent("secrets=on,keep=all,records=all,quiet=true");
        Scenario.Ran ran = new Scenario(bench, jdk)
                .handshakes(2)
                .serverJvm(agent)
                .clientJvm(agent)
                .server("--transport", transport, "--protocols", protocol, "--suites", suite)
                .client("--transport", transport, "--protocols", protocol, "--suites", suite)
                .run();
        assertThat(ran.clientOut().lines()).hasSize(2).allMatch(line -> line.startsWith("ok " + protocol));

        Bench.Ran verified =
                InProcessCommand.run("verify", "--format", "json", bench.out().toString());
        assertThat(verified.exitCode()).as(verified.out() + verified.err()).isZero();
        JsonNode connections = new ObjectMapper().readTree(verified.out());
        assertThat(connections).hasSize(4);
        for (JsonNode connection : connections) {
            assertThat(connection.get("verified").asText()).isEqualTo("yes");
            assertThat(connection.get("cipherSuite").asText()).isEqualTo(suite);
            assertThat(names(connection)).contains("client Finished", "server Finished");
            assertThat(opened(connection, "sent")).isGreaterThanOrEqualTo(2);
            assertThat(opened(connection, "received")).isGreaterThanOrEqualTo(2);
        }
        String secret = masterOrTraffic(bench);
        assertThat(verified.out()).as("no secret is shown").doesNotContain(secret);
        Bench.Ran shown =
                bench.cli(Jdk.current(), "verify", "--secrets", bench.out().toString());
        assertThat(shown.out()).contains(secret);
    }

    /** Without records of application data, whose last block is the next record's IV in TLS 1.0 (RFC 2246, 6.2.3.2). */
    @Test
    void aRecordWhosePredecessorIsMissingIsNotCalledWrong() throws Exception {
        Bench bench = new Bench(directory);
        String suite = "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA";
        new Scenario(bench, Jdk.current())
                .serverJvm(bench.agent("secrets=on,keep=all,quiet=true"))
                .server("--protocols", "TLSv1", "--suites", suite)
                .client("--protocols", "TLSv1", "--suites", suite)
                .run();
        Bench.Ran verified =
                InProcessCommand.run("verify", "--format", "json", bench.out().toString());
        assertThat(verified.exitCode()).as(verified.out() + verified.err()).isEqualTo(5);
        JsonNode connection = new ObjectMapper().readTree(verified.out()).get(0);
        assertThat(connection.get("verified").asText()).isEqualTo("partly");
        assertThat(opened(connection, "sent")).isEqualTo(1);
        assertThat(connection.get("records").findValuesAsText("detail"))
                .anyMatch(detail -> detail.startsWith("its IV, the end of the record before"));
    }

    /** Records in plain text are compared with their messages. */
    @Test
    void aByteOfAClientHelloRecordThatIsAlteredInTheCaptureIsTold() throws Exception {
        Bench bench = new Bench(directory);
        new Scenario(bench, Jdk.current())
                .serverJvm(bench.agent("secrets=on,keep=all,quiet=true"))
                .run();
        Path capture = bench.captures().get(0);
        byte[] bytes = Files.readAllBytes(capture);
        bytes[clientHello(bytes) + 20] ^= 1;
        Files.write(capture, bytes);

        Bench.Ran verified = InProcessCommand.run("verify", capture.toString());

        assertThat(verified.exitCode()).as(verified.out() + verified.err()).isEqualTo(4);
        assertThat(verified.out())
                .contains(
                        "first difference: record 0 received",
                        "from byte 20 of the record on not what its message says");
    }

    /** The offset of its record: the first one of a handshake, with a message of that type. */
    private static int clientHello(byte[] capture) {
        int at = 0;
        while (capture[at] != 22 || capture[at + 1] != 3 || capture[at + 5] != 1 || capture[at + 6] != 0) {
            at++;
        }
        return at;
    }

    private static String masterOrTraffic(Bench bench) {
        String line = InProcessCommand.run(
                        "export", "--to", "keylog", bench.out().toString())
                .out()
                .lines()
                .findFirst()
                .orElseThrow();
        return line.substring(line.lastIndexOf(' ') + 1);
    }

    private static List<String> names(JsonNode connection) {
        return StreamSupport.stream(connection.get("checks").spliterator(), false)
                .filter(check -> check.get("verdict").asText().equals("verified"))
                .map(check -> check.get("name").asText())
                .toList();
    }

    private static long opened(JsonNode connection, String direction) {
        return StreamSupport.stream(connection.get("records").spliterator(), false)
                .filter(record -> record.get("direction").asText().equals(direction)
                        && record.get("verdict").asText().equals("verified"))
                .count();
    }
}
