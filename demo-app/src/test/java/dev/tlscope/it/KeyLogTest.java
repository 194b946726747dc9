package dev.tlscope.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The captured secrets against those that OpenSSL wrote of the same connection. */
class KeyLogTest {
    @TempDir
    private Path directory;

    static Stream<Arguments> cells() {
        return Jdk.all().stream()
                .flatMap(jdk -> Stream.of("-tls1_2", "-tls1_3")
                        .flatMap(protocol -> Stream.of("socket", "engine")
                                .map(transport -> Arguments.of(jdk, protocol, transport))));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("cells")
    void opensslHasTheSameSecrets(Jdk jdk, String protocol, String transport) throws Exception {
        Bench bench = new Bench(directory);
        Path keyLog = directory.resolve("openssl.keylog");
        try (Jvm server = bench.demo(
                jdk,
                List.of(bench.agent("secrets=on,keep=all,quiet=true")),
                "HandshakeServer",
                "--pki",
                Bench.pki().toString(),
                "--transport",
                transport,
                "--connections",
                protocol.equals("-tls1_2") ? "6" : "1")) {
            String port = server.lineThatBegins("listening ").substring("listening ".length());
            List<String> command = new ArrayList<>(List.of(
                    "openssl",
                    "s_client",
                    "-connect",
                    "127.0.0.1:" + port,
                    protocol,
                    "-keylogfile",
                    keyLog.toString()));
            if (protocol.equals("-tls1_2")) {
                command.add("-reconnect"); // five times more, resuming the session
            }
            Tshark.run(command);
            server.exitCode();
        }
        Bench.Ran exported =
                bench.cli(Jdk.current(), "export", "--to", "keylog", bench.out().toString());
        assertThat(exported.exitCode()).as(exported.err()).isZero();
        TreeSet<String> ours = new TreeSet<>(exported.out().lines().toList());
        // EXPORTER_SECRET among them: up to JDK 21 it is computed, from the main secret
        TreeSet<String> theirs = Files.readAllLines(keyLog).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.substring(0, line.indexOf(' '))
                        + line.substring(line.indexOf(' ')).toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(theirs).hasSize(protocol.equals("-tls1_2") ? 6 : 5);
        assertThat(ours).isEqualTo(theirs);
    }
}
