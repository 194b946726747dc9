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

/** Each cause provoked between two real JVMs, and named from the capture of one of them. */
class CauseTest {
    @TempDir
    private Path directory;

    /**
     * One mistake.
     *
     * @param server arguments of the server
     * @param client arguments of the client
     * @param side whose capture is explained
     * @param confidence several where it is a race whether the peer's alert is read before our own write fails
     * @param what a piece of evidence, and what its value contains
     */
    private record Case(
            List<String> server,
            List<String> client,
            String side,
            String cause,
            String confidence,
            String what,
            String value) {

        @Override
        public String toString() {
            return cause + " from the " + side + " " + server + client;
        }
    }

    private static final List<String> NONE = List.of();

    private static final List<Case> CASES = List.of(
            certificate("untrusted-chain", "untrusted-chain", "certain", "issuer among the anchors", "no"),
            certificate("missing-intermediate", "missing-intermediate", "likely", "trust anchors", "1 ("),
            certificate("certificate-expired", "certificate-expired", "certain", "place in the chain", "0"),
            certificate("hostname-mismatch", "hostname-mismatch", "certain", "host asked for", "localhost"),
            new Case(
                    List.of("--fault", "certificate-expired", "--protocols", "TLSv1.2"),
                    NONE,
                    "server",
                    "peer-refused-certificate",
                    "certain|likely",
                    "likely reason",
                    "has expired"),
            new Case(
                    List.of("--client-auth", "need", "--protocols", "TLSv1.2"),
                    NONE,
                    "server",
                    "client-certificate-missing",
                    "certain",
                    "client authentication",
                    "CLIENT_AUTH_REQUIRED"),
            new Case(
                    List.of("--client-auth", "need", "--protocols", "TLSv1.3"),
                    NONE,
                    "server",
                    "client-certificate-missing",
                    "certain",
                    "client's Certificate message",
                    "empty"),
            new Case(
                    List.of("--client-auth", "need", "--protocols", "TLSv1.2"),
                    NONE,
                    "client",
                    "client-certificate-missing",
                    "certain|likely",
                    "key handed out by our key manager",
                    "none"),
            versions("server"),
            versions("client"),
            new Case(
                    List.of("--protocols", "TLSv1.2", "--suites", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"),
                    List.of("--protocols", "TLSv1.2", "--suites", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"),
                    "server",
                    "no-common-cipher-suite",
                    "certain",
                    "common",
                    "none"),
            new Case(
                    List.of("--protocols", "TLSv1.2", "--key", "ec"),
                    List.of("--protocols", "TLSv1.2", "--suites", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"),
                    "server",
                    "no-usable-key",
                    "certain",
                    "key handed out",
                    "none"));

    private static Case certificate(String fault, String cause, String confidence, String what, String value) {
        return new Case(List.of("--fault", fault), NONE, "client", cause, confidence, what, value);
    }

    private static Case versions(String side) {
        return new Case(
                List.of("--protocols", "TLSv1.3"),
                List.of("--protocols", "TLSv1.2"),
                side,
                "no-common-protocol",
                "certain",
                "client offers",
                "TLSv1.2");
    }

    static Stream<Arguments> cells() {
        return Jdk.all().stream()
                .flatMap(jdk -> CASES.stream()
                        .flatMap(it ->
                                Stream.of("socket", "engine").map(transport -> Arguments.of(jdk, it, transport))));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("cells")
    void isNamed(Jdk jdk, Case it, String transport) {
        Bench bench = new Bench(directory);
        String agent = bench.agent("quiet=true");
        Scenario scenario = new Scenario(bench, jdk)
                .server("--transport", transport)
                .server(it.server.toArray(new String[0]))
                .client("--transport", transport)
                .client(it.client.toArray(new String[0]));
        (it.side.equals("server") ? scenario.serverJvm(agent) : scenario.clientJvm(agent)).run();

        JsonNode failure = Explained.of(bench).only();
        assertThat(failure.get("cause").asText()).as(failure.toString()).isEqualTo(it.cause);
        assertThat(failure.get("confidence").asText()).as(failure.toString()).matches(it.confidence);
        assertThat(failure.get("role").asText()).isEqualTo(it.side);
        assertThat(failure.get("transport").asText()).isEqualTo(transport);
        assertThat(Explained.value(failure, it.what)).as(failure.toString()).contains(it.value);
    }
}
