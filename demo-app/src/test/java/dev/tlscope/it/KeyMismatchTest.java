package dev.tlscope.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The seed case: a server with a certificate and somebody else's private key, explained from either side's capture. */
class KeyMismatchTest {
    @TempDir
    private Path directory;

    private record Case(String protocol, String suite, String key, String clientConfidence) {}

    private static final List<Case> CASES = List.of(
            new Case("TLSv1.2", "TLS_RSA_WITH_AES_128_CBC_SHA", "rsa", "likely"),
            new Case("TLSv1.2", "TLS_RSA_WITH_AES_128_GCM_SHA256", "rsa", "likely"),
            new Case("TLSv1.2", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "rsa", "certain"),
            new Case("TLSv1.2", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "ec", "likely"),
            new Case("TLSv1.3", "TLS_AES_128_GCM_SHA256", "rsa", "certain"),
            new Case("TLSv1.3", "TLS_AES_256_GCM_SHA384", "ec", "certain"));

    static Stream<Arguments> cells() {
        return Jdk.all().stream()
                .flatMap(jdk -> CASES.stream()
                        .flatMap(it -> Stream.of("server", "client")
                                .flatMap(side -> Stream.of("socket", "engine")
                                        .map(transport -> Arguments.of(jdk, it, side, transport)))));
    }

    @ParameterizedTest(name = "{0} {1} {2} {3}")
    @MethodSource("cells")
    void isNamed(Jdk jdk, Case it, String side, String transport) throws Exception {
        Bench bench = new Bench(directory);
        String agent = bench.agent("quiet=true");
        Scenario scenario = new Scenario(bench, jdk)
                .server("--protocols", it.protocol, "--suites", it.suite, "--key", it.key, "--fault", "key-mismatch")
                .server("--transport", transport)
                .client("--protocols", it.protocol, "--suites", it.suite, "--transport", transport);
        (side.equals("server") ? scenario.serverJvm(agent) : scenario.clientJvm(agent)).run();

        JsonNode failure = Explained.of(bench).only();
        if (side.equals("client")
                && it.suite.startsWith("TLS_RSA_")
                && failure.get("cause").asText().equals("connection-reset")) {
            // A pre-master larger than the server's modulus ends the server at ClientKeyExchange: a client still
            // writing then meets a broken pipe, and its alert is lost. All that can be said is the candidates.
            assertThat(Explained.value(failure, "an alert lost here would be")).contains("key-mismatch");
            return;
        }
        assertThat(failure.get("cause").asText()).as(failure.toString()).isEqualTo("key-mismatch");
        assertThat(failure.get("role").asText()).isEqualTo(side);
        assertThat(failure.get("transport").asText()).isEqualTo(transport);
        assertThat(failure.get("cipherSuite").asText()).isEqualTo(it.suite);
        assertThat(failure.get("protocol").asText()).isEqualTo(it.protocol);
        assertThat(failure.get("confidence").asText())
                .isEqualTo(side.equals("server") ? "certain" : it.clientConfidence);
        if (side.equals("server")) {
            assertThat(Explained.value(failure, "certificate's key SHA-256")).matches("[0-9a-f]{64}");
            assertThat(Explained.value(failure, "private key's key SHA-256"))
                    .matches("[0-9a-f]{64}")
                    .isNotEqualTo(Explained.value(failure, "certificate's key SHA-256"));
            assertThat(Explained.value(failure, "alias")).isNotEmpty();
        }
    }
}
