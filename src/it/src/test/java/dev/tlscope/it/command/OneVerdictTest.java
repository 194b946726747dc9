package dev.tlscope.it.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.verdict.Verdicts;
import dev.tlscope.analyzer.watch.Watch;
import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.InProcessCommand;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * All commands say the same of a connection: golden captures that have both ends, each read by explain, export, report,
 * watch and diff.
 */
class OneVerdictTest {
    private static final Path GOLDEN = Path.of("../../analyzer/src/test/resources/golden");

    private static final Pattern BLOCK = Pattern.compile("<script type=\"text/plain\" id=\"d[0-9]+\">([^<]*)</script>");

    private final ObjectMapper json = new ObjectMapper();

    @TempDir
    private Path directory;

    private Path capture;

    /** Cause and confidence of each failed connection, by its number, as explain tells them. */
    private Map<Long, String> explained;

    @BeforeEach
    void name() {
        capture = directory.resolve("both.pcapng");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cells-17", "crypto-sound"})
    void everyCommandSaysTheSame(String golden) throws Exception {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(GOLDEN.resolve(golden + ".pcapng.gz")))) {
            Files.copy(in, capture);
        }
        explained = eachOf(
                InProcessCommand.json("explain", List.of(capture), "--each").orElseThrow());

        assertThat(explained).hasSizeGreaterThan(10);
        assertThat(exported()).as("export").isEqualTo(explained);
        assertThat(watched()).as("watch").isEqualTo(explained);
        assertThat(counted(explained.values())).as("problems").isEqualTo(ofProblems());
        assertThat(counted(explained.values())).as("report").isEqualTo(reported());
        checkDiff();
    }

    private static Map<Long, String> eachOf(JsonNode failures) {
        Map<Long, String> causes = new TreeMap<>();
        failures.forEach(failure -> causes.put(failure.get("connection").asLong(), told(failure)));
        causes.remove(0L); // a warning about the JVM
        return causes;
    }

    private static String told(JsonNode finding) {
        return finding.get("cause").asText() + " " + finding.get("confidence").asText();
    }

    private Map<Long, String> exported() throws IOException {
        Map<Long, String> causes = new TreeMap<>();
        for (String line : InProcessCommand.run("export", "--to", "json", capture.toString())
                .out()
                .lines()
                .toList()) {
            JsonNode node = json.readTree(line);
            if (node.get("kind").asText().equals("handshake")
                    && node.get("outcome").asText().equals("failed")) {
                causes.put(node.get("connection").asLong(), told(node.get("failure")));
            }
        }
        return causes;
    }

    /** The command itself ends with its JVM only. */
    private Map<Long, String> watched() throws IOException, InterruptedException {
        Watch watch = new Watch(capture, true);
        Verdicts verdicts = Verdicts.live(watch.captures(), new PrintWriter(Writer.nullWriter()));
        Map<Long, String> causes = new TreeMap<>();
        while (causes.size() < explained.size()) {
            Handshake ended = watch.next(1, TimeUnit.MINUTES);
            if (ended == null) {
                break;
            }
            Finding finding = verdicts.of(ended);
            if (finding != null) {
                causes.put(
                        ended.connection(),
                        finding.cause() + " " + finding.confidence().name().toLowerCase(Locale.ROOT));
            }
        }
        return causes;
    }

    private static Map<String, Integer> counted(Iterable<String> causes) {
        Map<String, Integer> counts = new TreeMap<>();
        causes.forEach(cause -> counts.merge(cause, 1, Integer::sum));
        return counts;
    }

    private Map<String, Integer> ofProblems() {
        Map<String, Integer> counts = new TreeMap<>();
        JsonNode all = InProcessCommand.json("explain", List.of(capture)).orElseThrow();
        for (JsonNode problem : all.get("problems")) {
            for (Map.Entry<String, JsonNode> one : problem.get("confidences").properties()) {
                counts.merge(
                        problem.get("cause").asText() + " " + one.getKey(),
                        one.getValue().asInt(),
                        Integer::sum);
            }
        }
        return counts;
    }

    /** The findings beside the page's connections. */
    private Map<String, Integer> reported() throws IOException {
        Path page = directory.resolve("page.html");
        Bench.Ran ran = InProcessCommand.run("report", capture.toString(), "-o", page.toString());
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        List<String> causes = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(Files.readString(page));
        while (blocks.find()) {
            byte[] packed = Base64.getDecoder().decode(blocks.group(1));
            try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
                for (JsonNode connection : json.readTree(in)) {
                    if (connection.hasNonNull("finding")) {
                        causes.add(told(connection.get("finding")));
                    }
                }
            }
        }
        return counted(causes);
    }

    /** A pair has one finding, that of its client where it failed there. */
    private void checkDiff() {
        JsonNode pairs =
                InProcessCommand.json("diff", List.of(capture, capture)).orElseThrow();
        for (JsonNode pair : pairs) {
            long client = pair.get("client").get("connection").asLong();
            long failed = explained.containsKey(client)
                    ? client
                    : pair.get("server").get("connection").asLong();
            if (pair.hasNonNull("cause") && explained.containsKey(failed)) {
                assertThat(told(pair)).as(pair.toString()).isEqualTo(explained.get(failed));
            }
        }
    }
}
