package dev.tlscope.it.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tlscope.capture.CaptureReader;
import dev.tlscope.capture.CaptureWriter;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.InProcessCommand;
import dev.tlscope.it.harness.Jdk;
import dev.tlscope.it.harness.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Verification marks on the page: the same verdicts as those of {@code verify}, and a schedule that diverges is marked. */
class ReportMarksTest {
    private static final String ROWS =
            "[...document.querySelectorAll('#schedule .marks:not(.counts) tbody tr')].map(row => [row.querySelector('th').textContent,"
                    + " row.querySelector('.v').textContent.trim(), row.lastChild.textContent, row.className])";

    @TempDir
    private Path directory;

    @Test
    void marksAreThoseOfVerify() throws Exception {
        Bench bench = new Bench(directory);
        Reported.capture(bench);
        JsonNode verified = InProcessCommand.json("verify", bench.captures()).orElseThrow();
        Reported reported = Reported.of(bench, 0, bench.out());
        try (Browser browser = Browser.start(directory.resolve("profile"))) {
            browser.open(reported.page(), 1280, 1000, false);
            browser.click("#outcomes button");
            int marks = 0;
            for (int row = 0; row < verified.size(); row++) {
                browser.value("document.querySelector('.row[aria-rowindex=\"" + (row + 2) + "\"]').click()");
                browser.waitFor("document.getElementById('panel').open");
                String file = browser.value("[...document.querySelectorAll('#panel dd')].pop().textContent")
                        .asText();
                JsonNode expected = null;
                for (JsonNode each : verified) {
                    expected =
                            file.endsWith("connection " + each.get("connection").asText()) ? each : expected;
                }
                assertThat(expected).as(file).isNotNull();
                JsonNode shown = browser.value(ROWS);
                for (int i = 0; i < expected.get("checks").size(); i++) {
                    JsonNode check = expected.get("checks").get(i);
                    assertThat(shown.get(i).get(0).asText())
                            .isEqualTo(check.get("name").asText());
                    assertThat(shown.get(i).get(1).asText())
                            .as(check.toString())
                            .startsWith(
                                    switch (check.get("verdict").asText()) {
                                        case "verified" -> "\u2713";
                                        case "differs" -> "\u2717";
                                        case "computed" -> "\u25cb";
                                        case "given" -> "\u2022";
                                        default -> "?";
                                    });
                    marks++;
                }
                long right = 0;
                for (JsonNode record : expected.get("records")) {
                    right += record.get("verdict").asText().equals("verified") ? 1 : 0;
                }
                assertThat(browser.value("[...document.querySelectorAll('.counts tbody tr')].reduce((sum, row) => sum +"
                                        + " parseInt(row.children[1].textContent), 0)")
                                .asLong())
                        .isEqualTo(right);
                browser.click(".close");
                browser.waitFor("!document.getElementById('panel').open");
            }
            assertThat(marks).isGreaterThan(100);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.3,SERVER_HANDSHAKE_TRAFFIC_SECRET", "TLSv1.2,CLIENT_RANDOM"})
    void aScheduleThatDivergesIsSeen(String protocol, String label) throws Exception {
        Bench bench = new Bench(directory);
        new Scenario(bench, Jdk.current())
                .handshakes(3)
                .serverJvm(bench.agent("secrets=on,keep=all,quiet=true"))
                .server("--protocols", protocol)
                .client("--protocols", protocol)
                .run();
        Path altered = Files.createDirectory(directory.resolve("altered")).resolve("altered.pcapng");
        String wrong = alter(bench.captures().get(0), altered, label);
        Reported reported = Reported.of(bench, 0, altered);
        assertThat(reported.unpacked()).doesNotContain(wrong);
        try (Browser browser = Browser.start(directory.resolve("profile"))) {
            browser.open(reported.page(), 1280, 1000, false);
            assertThat(browser.value("document.querySelector('#notice').textContent")
                            .asText())
                    .contains("In 1 connection ");
            browser.click("#outcomes button");
            assertThat(browser.value("document.querySelectorAll('.row').length").asInt())
                    .isEqualTo(3);
            assertThat(browser.value(
                                    "[...document.querySelectorAll('.row.diverges .mark')].map(m => m.getAttribute('aria-label')).join()")
                            .asText())
                    .isEqualTo("differs");
            browser.click("#notice button");
            browser.waitFor("document.querySelectorAll('.row').length === 1");
            browser.click(".row.diverges");
            browser.waitFor("document.getElementById('panel').open");
            assertThat(browser.value("document.querySelector('.diverges-note').textContent")
                            .asText())
                    .contains(label);
            JsonNode first = null;
            for (JsonNode row : browser.value(ROWS)) {
                if (row.get(3).asText().contains("first")) {
                    assertThat(first).isNull();
                    first = row;
                }
            }
            assertThat(first).isNotNull();
            assertThat(first.get(0).asText()).isEqualTo(label);
            assertThat(first.get(1).asText()).isEqualTo("\u2717 differs, first");
            assertThat(first.get(2).asText()).contains("differs from byte 5 on");
            Files.createDirectories(Path.of("target", "report"));
            browser.click(".diverges-note button");
            browser.screenshot(Path.of("target", "report", "diverges-" + protocol + ".png"));

            Reported open = Reported.of(bench, 0, altered, "--secrets");
            browser.open(open.page(), 1280, 1000, false);
            browser.click("#notice button:last-of-type");
            browser.click(".row.diverges");
            browser.waitFor("document.getElementById('panel').open");
            assertThat(browser.value("document.querySelector('.first').textContent")
                            .asText())
                    .contains("captured " + wrong, "computed ");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    /**
     * Copies a capture, and changes the sixth byte of the first secret with that label, and of its copies in the same
     * connection.
     */
    private static String alter(Path from, Path to, String label) throws IOException {
        List<Event> events = new ArrayList<>();
        CaptureReader.read(from, events::add);
        long[] connection = {-1};
        String[] wrong = new String[1];
        try (CaptureWriter writer = new CaptureWriter(Files.newOutputStream(to))) {
            for (Event event : events) {
                boolean meant = event.type() == EventType.SECRET
                        && label.equals(event.text(Field.LABEL))
                        && (connection[0] < 0 || connection[0] == event.connection());
                if (meant) {
                    connection[0] = event.connection();
                }
                Event copy = new Event(event.type(), event.connection(), event.timeNanos());
                for (int i = 0; i < event.size(); i++) {
                    Object value = event.value(i);
                    if (value instanceof byte[] bytes) {
                        byte[] mine = bytes.clone();
                        if (meant && event.field(i) == Field.BYTES) {
                            mine[5] ^= 0x40;
                            wrong[0] = HexFormat.of().formatHex(mine);
                        }
                        copy.put(event.field(i), mine);
                    } else if (value instanceof Long number) {
                        copy.put(event.field(i), (long) number);
                    } else {
                        copy.put(event.field(i), (String) value);
                    }
                }
                writer.write(copy);
            }
        }
        assertThat(wrong[0]).isNotNull();
        return wrong[0];
    }
}
