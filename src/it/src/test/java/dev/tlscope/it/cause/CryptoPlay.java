package dev.tlscope.it.cause;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.ExplainedFailures;
import dev.tlscope.it.harness.ForkedJvm;
import dev.tlscope.it.harness.InProcessCommand;
import dev.tlscope.it.harness.Jdk;
import dev.tlscope.it.harness.RecordProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Cells that two JVMs played one after the other, and their explanations from either capture and from both. */
final class CryptoPlay {
    private final Jdk jdk;
    private final Bench bench;
    /** By {@link #key}. */
    private final Map<String, JsonNode> alone = new HashMap<>();

    private final Map<String, JsonNode> both = new HashMap<>();
    /** By the connection's name. */
    private final Map<String, JsonNode> diffs = new HashMap<>();

    private final List<String> outcomes = new ArrayList<>();

    private CryptoPlay(Jdk jdk, Bench bench) {
        this.jdk = jdk;
        this.bench = bench;
    }

    /**
     * Plays them: the first JVM is the faulty end if something is planted, and otherwise the server.
     *
     * @param agent the agent's options, the same for both
     * @param options of both JVMs
     * @param first options of the first JVM alone
     */
    static CryptoPlay of(
            Jdk jdk, Path directory, String agent, List<String> options, List<String> first, List<CryptoCell> cells)
            throws IOException {
        CryptoPlay play = new CryptoPlay(jdk, new Bench(directory));
        play.run(agent, options, first, cells);
        play.explain();
        return play;
    }

    Jdk jdk() {
        return jdk;
    }

    /** The explanation of that end's failure from its own capture; null when it had no failure. */
    @Nullable
    JsonNode alone(CryptoCell cell, String role) {
        return alone.get(key(cell.name(), role));
    }

    /** The explanation from both ends' captures. */
    @Nullable
    JsonNode both(CryptoCell cell, String role) {
        return both.get(key(cell.name(), role));
    }

    /** What {@code diff} reports of the connection. */
    JsonNode diff(CryptoCell cell) {
        JsonNode diff = diffs.get(cell.name());
        if (diff == null) {
            throw new AssertionError("no diff of " + describe(cell));
        }
        return diff;
    }

    /** The failure, which must exist. */
    JsonNode required(@Nullable JsonNode failure, CryptoCell cell) {
        if (failure == null) {
            throw new AssertionError("nothing was told of " + describe(cell));
        }
        return failure;
    }

    /** The cell, its outcome, and the whole explanation. */
    String describe(CryptoCell cell, JsonNode... told) {
        StringBuilder text = new StringBuilder(cell.toString());
        outcomes.stream()
                .filter(line -> line.contains(" " + cell.name() + " "))
                .forEach(line -> text.append('\n').append(line));
        for (JsonNode node : told) {
            text.append('\n').append(node.toPrettyString());
        }
        return text.toString();
    }

    private void run(String agent, List<String> options, List<String> first, List<CryptoCell> cells)
            throws IOException {
        List<CryptoCell> firstServes =
                cells.stream().filter(it -> !isPlantedInClient(it)).toList();
        List<CryptoCell> firstCalls =
                cells.stream().filter(CryptoPlay::isPlantedInClient).toList();
        List<String> firstOptions = new ArrayList<>(options);
        firstOptions.addAll(first);
        try (ForkedJvm one = start("one", agent, firstOptions);
                ForkedJvm two = start("two", agent, options)) {
            play(one, two, firstServes);
            play(two, one, firstCalls);
            one.endInput();
            two.endInput();
            assertThat(one.exitCode()).as(one.err()).isZero();
            assertThat(two.exitCode()).as(two.err()).isZero();
            outcomes.addAll(one.out().lines().toList());
            outcomes.addAll(two.out().lines().toList());
        }
    }

    private static boolean isPlantedInClient(CryptoCell cell) {
        return cell.byClient() && !cell.fault().planted().isEmpty();
    }

    private ForkedJvm start(String name, String agent, List<String> options) {
        List<String> all = new ArrayList<>(options);
        all.add("-Djava.security.properties=" + bench.permissivePolicy());
        all.add("-javaagent:" + Bench.TLSCOPE + "=out=" + bench.directory().resolve(name) + "," + agent);
        return bench.program(jdk, all, "peer.PlannedEnd", "--pki", Bench.pki().toString());
    }

    private void play(ForkedJvm server, ForkedJvm client, List<CryptoCell> cells) throws IOException {
        if (cells.isEmpty()) {
            return;
        }
        Path plan = Files.createTempFile(bench.directory(), "plan-", ".txt");
        Files.write(plan, cells.stream().map(CryptoCell::planned).toList());
        server.say("serve " + plan);
        String[] ports = server.lineThatBegins("listening ").split(" ", -1);
        List<RecordProxy> proxies = new ArrayList<>();
        try {
            StringBuilder call = new StringBuilder("call " + plan);
            for (int i = 0; i < cells.size(); i++) {
                CryptoCell cell = cells.get(i);
                int port = Integer.parseInt(ports[i + 1]);
                if (cell.fault().needsNetwork()) {
                    RecordProxy.RecordFault fault = cell.fault().network(cell);
                    RecordProxy.RecordFault none = RecordProxy.RecordFault.none();
                    RecordProxy proxy =
                            RecordProxy.before(port, cell.byClient() ? fault : none, cell.byClient() ? none : fault);
                    proxies.add(proxy);
                    port = proxy.port();
                }
                call.append(' ').append(port);
            }
            client.say(call.toString());
            client.lineThatBegins("done");
            server.lineThatBegins("done");
        } finally {
            for (RecordProxy proxy : proxies) {
                proxy.close();
            }
        }
    }

    private void explain() {
        Path one = bench.directory().resolve("one");
        Path two = bench.directory().resolve("two");
        for (Path end : List.of(one, two)) {
            put(alone, ExplainedFailures.of(List.of(end)).failures());
        }
        put(both, ExplainedFailures.of(List.of(one, two)).failures());
        Map<String, String> names = new HashMap<>();
        for (Path end : List.of(one, two)) {
            JsonNode all =
                    InProcessCommand.json("explain", List.of(end), "--all").orElseThrow();
            all.forEach(it -> names.put(place(it), it.path("serverName").asText()));
        }
        InProcessCommand.json("diff", List.of(one, two))
                .orElseThrow()
                .forEach(it -> diffs.put(names.get(place(it.get("client"))), it));
    }

    private static void put(Map<String, JsonNode> map, JsonNode failures) {
        for (JsonNode failure : failures) {
            String key = key(
                    failure.path("serverName").asText(), failure.path("role").asText());
            assertThat(map.put(key, failure)).as(failure.toPrettyString()).isNull();
        }
    }

    private static String place(JsonNode end) {
        return end.get("file").asText() + " " + end.get("connection").asLong();
    }

    private static String key(String name, String role) {
        return name + " " + role;
    }
}
