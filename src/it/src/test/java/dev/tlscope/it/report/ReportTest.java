package dev.tlscope.it.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tlscope.it.harness.Bench;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code tlscope report} of a real service in a real browser: its contents, and that everything can be operated. */
class ReportTest {
    private static final Path SHOTS = Path.of("target", "report");

    @TempDir
    private static Path directory;

    private static List<JsonNode> handshakes = List.of();
    private static Reported reported = new Reported(Path.of("."), "");
    private static Browser browser;
    private static ReportView view;

    @BeforeAll
    static void make() throws Exception {
        Bench bench = new Bench(directory);
        Reported.capture(bench);
        handshakes = Reported.handshakes(bench);
        reported = Reported.of(bench, 0, bench.out());
        Files.createDirectories(SHOTS);
        browser = Browser.start(directory.resolve("profile"));
        view = new ReportView(browser);
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void open() {
        browser.open(reported.page(), 1280, 1100, false);
    }

    @Test
    void plotsHaveWhatTheCaptureHas() {
        int failed = (int) handshakes.stream().filter(ReportTest::failed).count();
        assertThat(failed).isEqualTo(4);
        assertThat(view.texts(".tiles dd")).startsWith("" + handshakes.size(), "" + failed);
        assertThat(view.bars("By version")).isEqualTo(counts(handshakes, "/protocol"));
        assertThat(view.bars("By cipher suite")).isEqualTo(counts(handshakes, "/cipherSuite"));
        List<JsonNode> failures = handshakes.stream().filter(ReportTest::failed).toList();
        assertThat(view.bars("Failures by cause")).isEqualTo(counts(failures, "/failure/cause"));
        assertThat(view.texts(".card h3"))
                .hasSize(2)
                .allMatch(text -> text.contains("key-mismatch "))
                .anyMatch(text -> text.startsWith("1. "));
        assertThat(view.texts(".card-act")).contains("Who must act: this server", "Who must act: the server");
        assertThat(view.texts("#certificates tbody tr")).isNotEmpty();
        assertThat(view.texts("#unknown li")).isNotEmpty();
        assertThat(total(view.bars("By peer"))).isEqualTo(handshakes.size());
        assertThat(total(view.bars("Key schedule, signatures, records"))).isEqualTo(handshakes.size());
        long timed = handshakes.stream()
                .filter(it -> it.has("durationNanos") && it.get("durationNanos").asLong() >= 1000)
                .count();
        for (Map.Entry<String, Long> each : Map.of("Handshakes over time", (long) handshakes.size(), "Duration", timed)
                .entrySet()) {
            String plot = view.plot(each.getKey());
            assertThat(view.sum(plot, "/: ([0-9,]+) handshake/"))
                    .as(each.getKey())
                    .isEqualTo(each.getValue());
            assertThat(view.sum(plot, "/, ([0-9,]+) failed$/"))
                    .as(each.getKey())
                    .isEqualTo(failed);
            assertThat(browser.value(plot + ".querySelector('.unit').textContent")
                            .asText())
                    .isNotEmpty();
            assertThat(browser.value("[..." + plot + ".querySelectorAll('svg text')].map(t => t.textContent).join()")
                            .asText())
                    .contains("0,");
            // drawn at the size it is shown, so that its text has the intended size
            assertThat(browser.value(plot + ".querySelector('svg').getBoundingClientRect().width - " + plot
                                    + ".querySelector('svg').viewBox.baseVal.width")
                            .asDouble())
                    .isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"c-time", "c-sni", "c-peer", "c-proto", "c-suite", "c-dur", "c-keys", "c-out"})
    void sorts(String column) {
        browser.click("#outcomes button");
        String head = "#head ." + column;
        if (!column.equals("c-time")) {
            browser.click(head + " button");
        }
        assertThat(view.sort(head)).isEqualTo("ascending");
        List<String> up = view.column(column);
        assertThat(up).hasSize(handshakes.size());
        Comparator<String> order = switch (column) {
            case "c-dur" -> Comparator.comparingDouble(ReportTest::micros);
            // what differs comes first, then what could not be checked
            case "c-keys" ->
                Comparator.comparing(
                        List.of("differs", "verifies in part", "all verifies", "no secrets captured")::indexOf);
            case "c-out" ->
                Comparator.comparing((String text) -> text.equals("completed"))
                        .thenComparing(Comparator.naturalOrder());
            // by address, whichever side connected
            case "c-peer" -> Comparator.comparing(text -> text.substring(2));
            default -> Comparator.naturalOrder();
        };
        assertThat(up).isSortedAccordingTo(order);
        browser.click(head + " button");
        assertThat(view.sort(head)).isEqualTo("descending");
        List<String> down = view.column(column);
        Collections.reverse(down);
        assertThat(down).isSortedAccordingTo(order).containsExactlyInAnyOrderElementsOf(up);
        assertThat(browser.value("document.querySelectorAll('#head [aria-sort=none]').length")
                        .asInt())
                .isEqualTo(7);
    }

    @Test
    void filters() {
        // failures first, where there are any
        assertThat(view.column("c-out")).hasSize(4).allMatch(text -> text.startsWith("key-mismatch: "));
        browser.click("#outcomes button");
        assertThat(view.column("c-out")).hasSize(handshakes.size());
        browser.type("#query", "PAYMENTS.demo");
        browser.waitFor("document.querySelector('#count').textContent.startsWith('4 connections of 12')");
        assertThat(view.column("c-sni")).hasSize(4).containsOnly("payments.demo.internal");
        browser.type("#query", "no such thing");
        browser.waitFor("document.querySelector('#count').textContent.startsWith('Nothing')");
        assertThat(view.column("c-sni")).isEmpty();
        browser.type("#query", "");
        browser.waitFor("document.querySelectorAll('.row').length === 12");

        browser.value(view.plot("By version") + ".querySelector('.bars button').click()");
        assertThat(view.column("c-proto")).hasSize(6);
        assertThat(view.texts("#chips button")).hasSize(1).allMatch(text -> text.startsWith("version: TLSv1."));
        browser.value(view.plot("Failures by cause") + ".querySelector('.bars button').click()");
        assertThat(view.column("c-out")).hasSize(2).allMatch(text -> text.startsWith("key-mismatch: "));
        browser.click("#chips button");
        browser.click("#chips button");
        browser.click("#outcomes button");
        assertThat(view.column("c-out")).hasSize(12);

        // a card's connections
        browser.click(".card button");
        assertThat(view.texts("#chips button")).singleElement().asString().startsWith("problem 1, key-mismatch");
        assertThat(view.column("c-out")).isNotEmpty().allMatch(text -> text.startsWith("key-mismatch: "));
        browser.click("#chips button");
        browser.click("#outcomes button");

        // a column of a plot, with the keyboard
        browser.value(view.plot("Duration") + ".querySelector('.hit[tabindex=\"0\"]').focus()");
        browser.press("ArrowRight");
        String told = browser.value("document.activeElement.getAttribute('aria-label')")
                .asText();
        browser.press("Enter");
        assertThat(told).contains(": " + view.column("c-dur").size() + " handshake");
    }

    @Test
    void opensWithTheKeyboardAlone() throws Exception {
        // skip link, table, one row down, open, close: the focus is back where it was
        browser.press("Tab");
        assertThat(browser.value("document.activeElement.className").asText()).isEqualTo("skip");
        browser.press("Enter");
        for (int i = 0; i < 40 && !view.isOnRow(); i++) {
            browser.press("Tab");
        }
        browser.press("ArrowDown", "Enter");
        browser.waitFor("document.getElementById('panel').open");
        assertThat(view.texts(".why h3")).hasSize(1).allMatch(text -> text.startsWith("key-mismatch"));
        assertThat(view.texts(".why li")).isNotEmpty();
        browser.value("document.querySelector('.msg button').focus()");
        browser.press("Enter");
        assertThat(view.texts(".open").get(0)).contains("legacy.demo.internal");
        assertThat(browser.value("document.querySelector('.msg button').getAttribute('aria-expanded')")
                        .asText())
                .isEqualTo("true");
        browser.press("Enter");
        assertThat(view.texts(".open")).isEmpty();
        browser.press("Escape");
        browser.waitFor("!document.getElementById('panel').open");
        assertThat(browser.value("document.activeElement.getAttribute('aria-rowindex')")
                        .asText())
                .isEqualTo("3");
        browser.press("End");
        assertThat(browser.value("document.activeElement.getAttribute('aria-rowindex')")
                        .asText())
                .isEqualTo("5");
        PageAudit audit = new PageAudit(browser);
        audit.tabThrough("page");
        browser.click(".row");
        browser.waitFor("document.getElementById('panel').open");
        audit.tabThrough("failure");
    }

    /** The close event of the first comes while the other is being decompressed. */
    @Test
    void opensAnotherRightAfterTheOneWasClosed() {
        browser.click(".row");
        browser.waitFor("document.getElementById('panel').open");
        browser.value(
                "[document.querySelector('.close'), document.querySelector('.row[aria-rowindex=\"4\"]')].map(e => e.click())");
        browser.waitFor("document.getElementById('panel').open");
        String capture = "[...document.querySelectorAll('#panel dd')].pop().textContent";
        String opened = browser.value(capture).asText();
        browser.click(".step button");
        browser.waitFor(capture + " !== '" + opened + "'");
        browser.press("Escape");
        browser.waitFor("!document.getElementById('panel').open");
        assertThat(browser.value("document.activeElement.getAttribute('aria-rowindex')")
                        .asText())
                .isEqualTo("3");
    }

    @Test
    void detailsHaveWhatTheCaptureHas() {
        browser.click("#outcomes button");
        for (int row = 0; row < handshakes.size(); row++) {
            browser.value("document.querySelector('.row[aria-rowindex=\"" + (row + 2) + "\"]').click()");
            browser.waitFor("document.getElementById('panel').open");
            String file = view.texts("#panel dd").get(view.texts("#panel dd").size() - 1);
            JsonNode expected = handshakes.stream()
                    .filter(it ->
                            file.endsWith("connection " + it.get("connection").asText()))
                    .findFirst()
                    .orElseThrow();
            List<String> messages = new ArrayList<>();
            expected.get("events").forEach(event -> {
                if (event.get("type").asText().equals("message")) {
                    messages.add(event.at("/message/name").asText());
                }
            });
            assertThat(view.texts(".msg .label")).hasSameSizeAs(messages);
            for (int i = 0; i < messages.size(); i++) {
                assertThat(view.texts(".msg .label").get(i)).startsWith(messages.get(i));
            }
            assertThat(view.texts(".why")).hasSize(failed(expected) ? 1 : 0);
            assertThat(view.texts(".stretch")).hasSize(1);
            assertThat(view.texts(".chain li"))
                    .as("a chain where a Certificate was sent")
                    .hasSize(messages.contains("Certificate") ? 2 : 0);
            browser.click(".close");
            browser.waitFor("!document.getElementById('panel').open");
        }
    }

    @ParameterizedTest
    @CsvSource({"desktop,1280,1000,false", "desktop,1280,1000,true", "phone,390,844,false", "phone,390,844,true"})
    void isLegible(String name, int width, int height, boolean dark) throws Exception {
        String prefix = name + (dark ? "-dark" : "-light");
        PageAudit audit = new PageAudit(browser);
        browser.open(reported.page(), width, height, dark);
        browser.screenshot(SHOTS.resolve(prefix + "-overview.png"));
        audit.check(prefix);
        assertThat(browser.value("getComputedStyle(document.body).backgroundColor.match(/[0-9]+/)[0] < 60")
                        .asBoolean())
                .isEqualTo(dark);
        browser.value("document.getElementById('connections').scrollIntoView()");
        browser.screenshot(SHOTS.resolve(prefix + "-table.png"));
        for (String outcome : List.of("failed", "completed")) {
            browser.click("#outcomes button:nth-child(" + (outcome.equals("failed") ? 2 : 3) + ")");
            browser.click(".row." + outcome);
            browser.waitFor("document.getElementById('panel').open");
            browser.screenshot(SHOTS.resolve(prefix + "-" + outcome + ".png"));
            browser.click(".title button");
            assertThat(view.texts(".open")).hasSameSizeAs(view.texts(".msg"));
            audit.check(prefix + " " + outcome);
            browser.screenshot(SHOTS.resolve(prefix + "-" + outcome + "-messages.png"));
            browser.value("document.getElementById('schedule').scrollIntoView()");
            browser.screenshot(SHOTS.resolve(prefix + "-" + outcome + "-keys.png"));
            browser.click(".close");
            browser.waitFor("!document.getElementById('panel').open");
        }
    }

    private static boolean failed(JsonNode handshake) {
        return !handshake.get("failure").isNull();
    }

    private static int total(Map<String, Integer> bars) {
        return bars.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static Map<String, Integer> counts(List<JsonNode> handshakes, String pointer) {
        return new TreeMap<>(handshakes.stream()
                .map(handshake -> handshake.at(pointer).asText())
                .collect(Collectors.toMap(Function.identity(), any -> 1, Integer::sum)));
    }

    private static double micros(String length) {
        String[] parts = length.split(" ", 2);
        double number = Double.parseDouble(parts[0]);
        return switch (parts[1]) {
            case "\u00b5s" -> number;
            case "ms" -> number * 1000;
            default -> number * 1_000_000;
        };
    }
}
