package dev.tlscope.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tlscope.capture.CaptureReader;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * bad_record_mac taken apart: faults of the network between two JVMs, and of one's cryptography, each explained from the one
 * end's capture, from the other's, and from both.
 */
class CryptoCauseTest {
    private static final String SECRETS = "secrets=on,keep=all,records=all,quiet=true";
    private static final String CBC = "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256";
    private static final String GCM = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";
    private static final String GCM13 = "TLS_AES_128_GCM_SHA256";

    @TempDir
    private Path directory;

    static Stream<Arguments> networkFaults() {
        List<Arguments> all = new ArrayList<>();
        for (Jdk jdk : Jdk.all()) {
            for (NetworkFault fault : NetworkFault.values()) {
                all.addAll(shared(
                        jdk,
                        fault,
                        Arguments.of(jdk, fault, "TLSv1.2", CBC, "engine", true),
                        Arguments.of(jdk, fault, "TLSv1.2", GCM, "socket", false),
                        Arguments.of(jdk, fault, "TLSv1.3", GCM13, "socket", true),
                        Arguments.of(jdk, fault, "TLSv1.3", GCM13, "engine", false)));
            }
        }
        return all.stream();
    }

    /** All on this build's JDK; on each other one a TLS 1.2 and a TLS 1.3, whose transport and side its neighbours change. */
    private static List<Arguments> shared(Jdk jdk, Enum<?> fault, Arguments... cells) {
        int turn = (jdk.version() + fault.name().charAt(0)) % 2;
        return jdk.version() == Jdk.current().version() ? List.of(cells) : List.of(cells[turn], cells[2 + turn]);
    }

    @ParameterizedTest(name = "{0} {1} {2} {3} {4} to server: {5}")
    @MethodSource("networkFaults")
    void networkIsFoundOut(
            Jdk jdk, NetworkFault fault, String protocol, String suite, String transport, boolean toServer)
            throws IOException {
        Bench bench = new Bench(directory);
        Scenario scenario = new Scenario(bench, jdk)
                .serverJvm(bench.agent(SECRETS))
                .clientJvm(bench.agent(SECRETS))
                .server("--transport", transport, "--protocols", protocol, "--suites", suite)
                .client("--transport", transport, "--protocols", protocol, "--suites", suite);
        RecordProxy.Fault none = RecordProxy.Fault.none();
        if (toServer) {
            scenario.client("--pieces", "5").network(fault.fault(), none);
        } else {
            scenario.server("--pieces", "5").network(none, fault.fault());
        }
        scenario.run();
        String receiver = toServer ? "server" : "client";

        JsonNode alone = Explained.of(bench, List.of(capture(bench, receiver))).at(receiver);
        checkNetwork(alone, fault);
        Explained pair = Explained.of(bench, bench.captures());
        JsonNode both = pair.at(receiver);
        checkNetwork(both, fault);
        assertThat(Explained.value(both, "sent by")).isEqualTo(toServer ? "client" : "server");
        assertThat(both.get("candidates").findValuesAsText("cause"))
                .isEqualTo(
                        fault != NetworkFault.FLIP && transport.equals("engine")
                                ? List.of("engine-misuse")
                                : List.of());
        if (fault == NetworkFault.FLIP) {
            assertThat(Explained.value(both, "first different byte"))
                    .startsWith("offset " + NetworkFault.FLIPPED + " ");
            assertThat(Explained.value(both, "sent")).isNotEqualTo(Explained.value(both, "received"));
        }
        checkDiff(bench, fault, toServer);
        String sender = toServer ? "client" : "server";
        Explained refusal = Explained.of(bench, List.of(capture(bench, sender)));
        if (refusal.failures().size() == 1) {
            JsonNode refused = refusal.only();
            assertThat(refused.get("confidence").asText())
                    .as(refused.toPrettyString())
                    .isNotEqualTo("certain");
            JsonNode told = pair.at(sender);
            assertThat(told.get("cause")).as(told.toPrettyString()).isEqualTo(both.get("cause"));
            assertThat(told.get("confidence").asText()).isEqualTo("certain");
        }
    }

    /** The receiver's third piece has that fate; everything else is the same at both ends. */
    private static void checkDiff(Bench bench, NetworkFault fault, boolean toServer) throws IOException {
        JsonNode diff = Offline.run(bench, "diff", List.of(capture(bench, "client"), capture(bench, "server")))
                .orElseThrow();
        assertThat(diff).hasSize(1);
        String all = diff.toPrettyString();
        String meaning = switch (fault) {
            case FLIP -> "altered";
            case REPEAT -> "repeated";
            default -> "dropped"; // the one that was overtaken came too late to be read
        };
        assertThat(diff.get(0).get("means").findValuesAsText("id")).as(all).containsExactly(meaning);
        assertThat(diff.get(0).get("messages"))
                .as(all)
                .allMatch(it -> !it.get("differs").asBoolean());
        assertThat(diff.get(0).get("secrets"))
                .as(all)
                .isNotEmpty()
                .allMatch(it -> !it.get("differs").asBoolean());
        List<JsonNode> broken = new ArrayList<>();
        for (JsonNode record : diff.get(0).get("records")) {
            if (List.of("altered", "moved", "repeated")
                    .contains(record.get("fate").asText())) {
                broken.add(record);
            }
        }
        assertThat(broken).as(all).hasSize(1);
        assertThat(broken.get(0).get("direction").asText())
                .isEqualTo(toServer ? "client to server" : "server to client");
        if (fault == NetworkFault.FLIP) {
            assertThat(broken.get(0).get("offset").asInt()).isEqualTo(NetworkFault.FLIPPED);
        } else {
            long distance = broken.get(0).at("/origin/sequence").asLong()
                    - broken.get(0).get("sequence").asLong();
            assertThat(distance).as(all).isEqualTo(fault == NetworkFault.REPEAT ? -1 : 1);
        }
    }

    private static void checkNetwork(JsonNode failure, NetworkFault fault) {
        String all = failure.toPrettyString();
        String cause = fault == NetworkFault.FLIP ? "record-corrupted" : "record-desync";
        assertThat(failure.get("cause").asText()).as(all).isEqualTo(cause);
        assertThat(failure.get("confidence").asText()).as(all).isEqualTo("certain");
        assertThat(Explained.value(failure, "record")).as(all).containsPattern("epoch [13], sequence number \\d+, 30");
        if (fault != NetworkFault.FLIP) {
            assertThat(Explained.value(failure, "record is"))
                    .as(all)
                    .isEqualTo(fault == NetworkFault.REPEAT ? "repeated" : "missing");
            assertThat(Explained.value(failure, "off by")).as(all).isEqualTo("1");
        }
    }

    static Stream<Arguments> races() {
        return Jdk.all().stream()
                .flatMap(jdk -> Stream.of(
                        Arguments.of(jdk, "TLSv1.2", CBC),
                        Arguments.of(jdk, "TLSv1.2", GCM),
                        Arguments.of(jdk, "TLSv1.3", GCM13)));
    }

    /** Nothing is wrong with the network: two threads of the client wrap and send. */
    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("races")
    void twoThreadsOnOneEngineAreFoundOut(Jdk jdk, String protocol, String suite) throws IOException {
        Bench bench = new Bench(directory);
        new Scenario(bench, jdk)
                .serverJvm(bench.agent(SECRETS))
                .clientJvm(bench.agent(SECRETS))
                .server("--transport", "engine", "--protocols", protocol, "--suites", suite)
                .client("--transport", "engine", "--protocols", protocol, "--suites", suite)
                .client("--pieces", "5", "--race", "yes")
                .run();
        checkNetwork(Explained.of(bench, List.of(capture(bench, "server"))).at("server"), NetworkFault.SWAP);
        Explained both = Explained.of(bench, bench.captures());
        assertThat(both.failures()).isNotEmpty();
        for (JsonNode failure : both.failures()) {
            String all = failure.toPrettyString();
            assertThat(failure.get("cause").asText()).as(all).isEqualTo("engine-misuse");
            assertThat(failure.get("confidence").asText()).as(all).isEqualTo("likely");
            assertThat(Explained.value(failure, "record due wrapped by"))
                    .as(all)
                    .isEqualTo("thread main");
            assertThat(Explained.value(failure, "record received wrapped by"))
                    .as(all)
                    .isEqualTo("thread second-writer");
            assertThat(Explained.value(failure, "off by")).as(all).isEqualTo("1");
            assertThat(failure.get("candidates").findValuesAsText("cause")).containsExactly("record-desync");
        }
        for (JsonNode alone :
                Explained.of(bench, List.of(capture(bench, "client"))).failures()) {
            String all = alone.toPrettyString();
            if (alone.at("/alert/description").asText().equals("bad_record_mac")) {
                assertThat(alone.get("cause").asText()).as(all).isEqualTo("engine-misuse");
                assertThat(alone.get("confidence").asText()).as(all).isEqualTo("possible");
                assertThat(Explained.value(alone, "wrapped by")).as(all).isEqualTo("threads main, second-writer");
            }
        }
    }

    static Stream<Arguments> alteredHellos() {
        return Jdk.all().stream()
                .flatMap(jdk -> Stream.of(
                        Arguments.of(jdk, "TLSv1.2", CBC, "socket"),
                        Arguments.of(jdk, "TLSv1.2", GCM, "engine"),
                        Arguments.of(jdk, "TLSv1.3", GCM13, "socket"),
                        Arguments.of(jdk, "TLSv1.3", GCM13, "engine")));
    }

    /** In the session identifier, which neither side goes by: all that notices is the transcript hash. */
    @ParameterizedTest(name = "{0} {1} {2} {3}")
    @MethodSource("alteredHellos")
    void alteredServerHelloIsFoundOut(Jdk jdk, String protocol, String suite, String transport) throws IOException {
        Bench bench = new Bench(directory);
        int sessionId = 5 + 4 + 2 + 32 + 1;
        new Scenario(bench, jdk)
                .serverJvm(bench.agent(SECRETS))
                .clientJvm(bench.agent(SECRETS))
                .server("--transport", transport, "--protocols", protocol, "--suites", suite)
                .client("--transport", transport, "--protocols", protocol, "--suites", suite)
                .network(
                        RecordProxy.Fault.none(),
                        record -> List.of(
                                record[0] == 22 && record[5] == 2 ? NetworkFault.flipped(record, sessionId) : record))
                .run();
        String first = protocol.equals("TLSv1.3") ? "client" : "server";
        JsonNode alone = Explained.of(bench, List.of(capture(bench, first))).at(first);
        String all = alone.toPrettyString();
        assertThat(alone.get("cause").asText()).as(all).isEqualTo("transcript-altered");
        assertThat(alone.get("confidence").asText()).as(all).isEqualTo("possible");
        assertThat(alone.get("candidates").findValuesAsText("cause")).as(all).contains("secrets-diverged");

        Explained both = Explained.of(bench, bench.captures());
        for (JsonNode failure : both.failures()) {
            assertThat(failure.get("cause").asText())
                    .as(failure.toPrettyString())
                    .isEqualTo("transcript-altered");
            assertThat(failure.get("confidence").asText()).isEqualTo("certain");
            assertThat(Explained.value(failure, "message")).isEqualTo("ServerHello, sent by the server");
            assertThat(Explained.value(failure, "field")).startsWith("legacy_session_id");
            assertThat(Explained.value(failure, "offset")).isEqualTo("byte " + (sessionId - 5) + " of the message");
        }
        assertThat(both.failures()).isNotEmpty();
        JsonNode diff = Offline.run(bench, "diff", List.of(capture(bench, "client"), capture(bench, "server")))
                .orElseThrow()
                .get(0);
        assertThat(diff.get("means").get(0).get("id").asText()).isEqualTo("altered");
        List<JsonNode> altered = new ArrayList<>();
        diff.get("messages").forEach(message -> {
            if (message.get("differs").asBoolean()) {
                altered.add(message);
            }
        });
        assertThat(altered).hasSize(1);
        assertThat(altered.get(0).get("direction").asText()).isEqualTo("server to client");
        assertThat(altered.get(0).get("name").asText()).isEqualTo("ServerHello");
        assertThat(altered.get(0).get("field").asText()).startsWith("legacy_session_id");
        assertThat(altered.get(0).get("offset").asInt()).isEqualTo(sessionId - 5);
    }

    static Stream<Arguments> plantedFaults() {
        List<Arguments> all = new ArrayList<>();
        for (Jdk jdk : Jdk.all()) {
            for (PlantedFault fault : PlantedFault.values()) {
                all.addAll(shared(
                        jdk,
                        fault,
                        Arguments.of(jdk, fault, "TLSv1.2", CBC, "socket", true),
                        Arguments.of(jdk, fault, "TLSv1.2", CBC, "engine", false),
                        Arguments.of(jdk, fault, "TLSv1.3", GCM13, "engine", true),
                        Arguments.of(jdk, fault, "TLSv1.3", GCM13, "socket", false)));
            }
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{0} {1} {2} {3} {4} in the client: {5}")
    @MethodSource("plantedFaults")
    void faultyCryptographyIsFoundOut(
            Jdk jdk, PlantedFault fault, String protocol, String suite, String transport, boolean inClient)
            throws IOException {
        Bench bench = new Bench(directory);
        String[] planted = fault.options(jdk, protocol, Files.createDirectory(directory.resolve("planted")))
                .toArray(new String[0]);
        // without it the hash goes into the Finished alone, and not into the keys
        String extended = "-Djdk.tls.useExtendedMasterSecret=false";
        new Scenario(bench, jdk)
                .serverJvm(bench.agent(SECRETS), extended)
                .clientJvm(bench.agent(SECRETS), extended)
                .serverJvm(inClient ? new String[0] : planted)
                .clientJvm(inClient ? planted : new String[0])
                .server("--transport", transport, "--protocols", protocol, "--suites", suite)
                .client("--transport", transport, "--protocols", protocol, "--suites", suite)
                .run();
        String at = inClient ? "client" : "server";
        String cause = switch (fault) {
            case WRONG_TAG -> "record-corrupted";
            case WRONG_HASH -> "transcript-altered";
            case WRONG_SECRET -> "secrets-diverged";
        };
        Explained both = Explained.of(bench, bench.captures());
        assertThat(both.failures()).isNotEmpty();
        for (JsonNode failure : both.failures()) {
            checkPlanted(jdk, failure, fault, cause, protocol, at);
        }
        for (Path file : bench.captures()) {
            for (JsonNode alone : Explained.of(bench, List.of(file)).failures()) {
                if (alone.get("role").asText().equals(at)) {
                    checkPlanted(jdk, alone, fault, cause, protocol, at);
                } else {
                    List<String> ids =
                            new ArrayList<>(List.of(alone.get("cause").asText()));
                    ids.addAll(alone.get("candidates").findValuesAsText("cause"));
                    assertThat(ids).as(alone.toPrettyString()).contains(cause);
                }
            }
        }
    }

    private static void checkPlanted(
            Jdk jdk, JsonNode failure, PlantedFault fault, String cause, String protocol, String at) {
        String all = failure.toPrettyString();
        assertThat(failure.get("cause").asText()).as(all).isEqualTo(cause);
        assertThat(failure.get("confidence").asText()).as(all).isEqualTo("certain");
        boolean tls13 = protocol.equals("TLSv1.3");
        switch (fault) {
            case WRONG_TAG ->
                assertThat(Explained.value(failure, "wrong")).as(all).isEqualTo("as it left the " + at);
            case WRONG_HASH -> {
                assertThat(Explained.value(failure, "side")).as(all).isEqualTo(at);
                assertThat(Explained.value(failure, "first wrong value"))
                        .as(all)
                        .isEqualTo(
                                "transcript hash, " + (tls13 ? "ClientHello..ServerHello" : "before client Finished"));
            }
            default -> {
                assertThat(Explained.value(failure, "side")).as(all).isEqualTo(at);
                assertThat(Explained.value(failure, "first wrong value"))
                        .as(all)
                        .isEqualTo(tls13 ? "SERVER_HANDSHAKE_TRAFFIC_SECRET" : "CLIENT_RANDOM, the master secret");
                boolean seen = tls13 || jdk.version() > 8;
                assertThat(Explained.value(failure, "made by")).as(all).contains(seen ? "SunJCE" : "JSSE itself");
            }
        }
    }

    /** The one capture of that end. */
    private static Path capture(Bench bench, String role) throws IOException {
        for (Path file : bench.captures()) {
            AtomicBoolean found = new AtomicBoolean();
            CaptureReader.read(
                    file,
                    event -> found.compareAndSet(
                            false, event.type() == EventType.CONNECTION && role.equals(event.text(Field.ROLE))));
            if (found.get()) {
                return file;
            }
        }
        throw new AssertionError("no capture of the " + role);
    }
}
