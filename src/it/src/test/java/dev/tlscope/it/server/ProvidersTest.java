package dev.tlscope.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.ExplainedFailures;
import dev.tlscope.it.harness.ForkedJvm;
import dev.tlscope.it.harness.InProcessCommand;
import dev.tlscope.it.harness.Jdk;
import dev.tlscope.it.life.ClassFiles;
import dev.tlscope.it.life.ProbeLoader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** TLS of other providers: the causes of failures are those that JSSE's own evidence gives for the same fault, or weaker. */
class ProvidersTest {
    /** JSSE, below an application's wrapper: one connection each, captured in full. */
    private static final String REFERENCE = "wrapped-engine";

    private static final List<String> KINDS =
            List.of(REFERENCE, "netty-engine", "bc-engine", "conscrypt-engine", "conscrypt-socket", "bc-socket");

    /** What comes of less evidence, by a pattern of {@code KIND ROLE VERSION FAULT}; a pattern too. */
    private static final Map<String, String> WEAKER = Map.of(
            // our certificate is encrypted in TLS 1.3, so that the alert alone is known
            "(netty|conscrypt)-engine server TLSv1.3 (authority|host|expired)", "peer-alert",
            "conscrypt-socket server TLSv1.3 (authority|host|expired)", "peer-alert",
            // whether BouncyCastle's socket reads the alert or breaks at a write is a race
            "bc-socket server TLSv1.. (authority|host|expired)", "connection-reset|peer-alert|peer-refused-certificate",
            // Conscrypt 2.5.2 calls the JDK's trust manager with an authentication type that it does not know
            "conscrypt-(engine|socket) client TLSv1.3 (none|host|clientcert|suite)", "invalid-configuration",
            // the empty Certificate message is encrypted
            "netty-engine client TLSv1.3 clientcert", "peer-alert",
            // the alert comes after the client's handshake, in a read
            "bc-socket client TLSv1.3 clientcert", "none|client-certificate-missing",
            // and without a suite of TLS 1.2, Conscrypt selects no certificate
            "conscrypt-(engine|socket) server TLSv1.3 suite", "no-usable-key",
            // BoringSSL has no setting for the suites of TLS 1.3
            "netty-engine (client|server) TLSv1.3 suite", "none");

    /** With the release that is tested here they fail on JDK 26, without an agent too: "Failure in SSL library". */
    private static final Pattern CONSCRYPT_SERVER = Pattern.compile("^cell conscrypt-[a-z]+ server ");

    private static final Set<String> OF_TLS12 = Set.of("CLIENT_RANDOM");
    private static final Set<String> OF_TLS13 = Set.of(
            "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
            "SERVER_HANDSHAKE_TRAFFIC_SECRET",
            "CLIENT_TRAFFIC_SECRET_0",
            "SERVER_TRAFFIC_SECRET_0",
            "EXPORTER_SECRET");

    @TempDir
    private Path directory;

    static Stream<Jdk> jdks() {
        return Jdk.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void theCauseIsThatOfJsse(Jdk jdk) throws IOException {
        Bench bench = new Bench(directory);
        List<String> arguments = new ArrayList<>(List.of(Bench.pki().toString()));
        arguments.addAll(KINDS);
        List<String> cells =
                LibraryProgram.run(bench, jdk, "keep=all,quiet=true,secrets=on", "ProviderCalls", arguments).stream()
                        .filter(line -> line.startsWith("cell "))
                        .filter(line -> jdk.version() < 26
                                || !CONSCRYPT_SERVER.matcher(line).find())
                        .toList();
        JsonNode failures = ExplainedFailures.alone(bench).failures();
        Map<String, String> found = new TreeMap<>();
        for (String cell : cells) {
            String[] words = cell.split("[ :]", 7);
            // a client without a hello has no address, and before JDK 13 a peer that closes at once may be too fast for
            // it
            if (!words[4].equals("plaintext") || (words[2].equals("client") && jdk.version() >= 13)) {
                found.put(
                        String.join(" ", List.of(words).subList(1, 5)),
                        cause(failures, words[2], words[5].split("-", 2)));
            }
        }
        List<String> wrong = found.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(expected(entry.getKey(), found)))
                .map(entry -> entry + " instead of " + expected(entry.getKey(), found))
                .toList();
        int ofClients = jdk.version() >= 13 ? 16 : 14;
        int servers = KINDS.size() - (jdk.version() < 26 ? 0 : 2);
        assertThat(wrong).isEmpty();
        assertThat(found).hasSize(KINDS.size() * ofClients + servers * 14);
        List<EndSecrets> ends = EndSecrets.read(bench.captures());
        theSecretsAreThoseOfJsse(
                ends, "org.bouncycastle.", 8); // engine and socket, client and server, in both versions
        if (jdk.version() > 8) {
            theSecretsAreThoseOfJsse(ends, "io.netty.", 4);
        }
    }

    /** Each end has another of JSSE as its peer, which computes the same secrets. */
    private static void theSecretsAreThoseOfJsse(List<EndSecrets> ends, String className, int least) {
        Set<Integer> numbers = new TreeSet<>();
        int compared = 0;
        for (EndSecrets end : ends) {
            if (end.className.startsWith(className) && end.completed) {
                EndSecrets peer = ends.stream()
                        .filter(other -> other.clientRandom.equals(end.clientRandom) && other != end)
                        .findFirst()
                        .orElseThrow();
                if (!peer.completed) {
                    continue; // it refused before it computed the later ones
                }
                assertThat(end.byLabel.keySet()).isIn(OF_TLS12, OF_TLS13);
                end.byLabel.forEach((label, secret) -> {
                    // JSSE computes it since JDK 25
                    if (!label.equals("EXPORTER_SECRET") || peer.byLabel.containsKey(label)) {
                        assertThat(peer.byLabel).containsEntry(label, secret);
                    }
                });
                numbers.add(end.byLabel.size());
                compared++;
            }
        }
        assertThat(numbers).containsExactly(OF_TLS12.size(), OF_TLS13.size());
        assertThat(compared).isGreaterThanOrEqualTo(least);
    }

    /** The cause of the one failure at an end of the connection between these ports; {@code none} without one. */
    private static String cause(JsonNode failures, String role, String[] ports) {
        List<String> causes = new ArrayList<>();
        for (JsonNode failure : failures) {
            boolean client = role.equals("client");
            if (failure.get("role").asText().equals(role)
                    && failure.get("local").asText().endsWith(":" + ports[client ? 0 : 1])
                    && failure.get("peer").asText().endsWith(":" + ports[client ? 1 : 0])) {
                causes.add(failure.get("cause").asText());
            }
        }
        assertThat(causes).as(role + " " + ports[0]).hasSizeLessThan(2);
        return causes.isEmpty() ? "none" : causes.get(0);
    }

    private static String expected(String cell, Map<String, String> found) {
        String ofJsse = found.get(cell.replaceFirst("^[^ ]+", REFERENCE));
        return WEAKER.entrySet().stream()
                .filter(entry -> cell.matches(entry.getKey()))
                .map(entry -> found.get(cell).matches(entry.getValue()) ? found.get(cell) : entry.getValue())
                .findFirst()
                .orElse(ofJsse);
    }

    @Test
    void aKeyLogOfTheApplicationIsNotReplaced() throws IOException {
        Bench bench = new Bench(directory);
        List<String> arguments = List.of(Bench.pki().toString(), "nettylog-engine");
        List<String> lines =
                LibraryProgram.run(bench, Jdk.current(), "keep=all,quiet=true,secrets=on", "ProviderCalls", arguments);
        assertThat(lines).contains("own CLIENT_RANDOM", "own CLIENT_TRAFFIC_SECRET_0");
        List<EndSecrets> nettys = EndSecrets.read(bench.captures()).stream()
                .filter(end -> end.className.startsWith("io.netty."))
                .toList();
        assertThat(nettys)
                .isNotEmpty()
                .allSatisfy(end -> assertThat(end.byLabel).isEmpty());
    }

    @Test
    void aLiveAttachNamesAndCapturesThemAndADetachRestoresThem() throws IOException {
        Bench bench = new Bench(directory);
        Jdk jdk = Jdk.current();
        List<String> command = new ArrayList<>(List.of("-XX:+EnableDynamicAgentLoading"));
        command.addAll(List.of(
                "-cp",
                Path.of("target/test-classes").toAbsolutePath()
                        + File.pathSeparator
                        + System.getProperty("java.class.path")));
        command.addAll(
                List.of("dev.tlscope.it.server.ProviderCalls", Bench.pki().toString()));
        command.addAll(
                List.of("netty-engine", "+input", "netty-engine", "bc-engine", "+input", "netty-engine", "+input"));
        try (ForkedJvm jvm = ForkedJvm.start(jdk, directory, command)) {
            jvm.lineThatBegins("cell netty-engine server TLSv1.3 plaintext");
            Path before = dump(bench, jdk, jvm, "before");
            String pid = "" + jvm.pid();
            assertThat(bench.succeed(
                                    jdk,
                                    "attach",
                                    pid,
                                    "--secrets",
                                    "on",
                                    "--out",
                                    bench.out().toString())
                            .out())
                    .containsPattern(
                            "SSLEngine io.netty.handler.ssl.OpenSslEngine from .*netty-handler.*jar: captured in part")
                    .contains("SSLSocket of the JDK: captured in full");
            jvm.say("");
            jvm.lineThatBegins("cell bc-engine server TLSv1.3 plaintext");
            assertThat(bench.succeed(jdk, "status", pid).out())
                    .containsPattern(
                            "SSLEngine org.bouncycastle.jsse.provider.ProvSSLEngine.* from .*bctls.*jar: captured in part: every message")
                    .containsPattern("errors.* 0\n");
            assertThat(ClassFiles.altered(before, dump(bench, jdk, jvm, "woven")))
                    .contains("ReferenceCountedOpenSslEngine", "SSLEngine");
            bench.succeed(jdk, "detach", pid);
            assertThat(ClassFiles.altered(before, dump(bench, jdk, jvm, "after")))
                    .isEmpty();
            jvm.say("");
            jvm.lineThatBegins("cell netty-engine server TLSv1.3 plaintext");
            assertThat(ProbeLoader.ask(bench, jdk, jvm, "count")).isEqualTo("calls 0, classes 0, threads 0");
        }
        // until the detach cut it off, our callback had the secrets of these
        assertThat(EndSecrets.read(bench.captures()))
                .anyMatch(end -> end.className.startsWith("io.netty.") && !end.byLabel.isEmpty());
        assertThat(InProcessCommand.run("explain", bench.out().toString()).out())
                .contains("untrusted-chain", "certificate-expired", "no-common-protocol", "plaintext-client");
    }

    private Path dump(Bench bench, Jdk jdk, ForkedJvm jvm, String name) throws IOException {
        assertThat(ProbeLoader.ask(bench, jdk, jvm, "dump")).matches("dumped [1-9][0-9]+");
        return Files.move(directory.resolve("dump.answer.classes"), directory.resolve(name));
    }
}
