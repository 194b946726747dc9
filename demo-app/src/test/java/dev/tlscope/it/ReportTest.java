package dev.tlscope.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.capture.CaptureWriter;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tlscope report}: the page, seen by a real browser. */
class ReportTest {
    private static final String HOSTILE =
            "</script><img src=x onerror=window.hit=1>\"'`${window.hit=1}\u202e{{script}}";
    private static final Path SHOTS = Path.of("target", "report");

    @TempDir
    private Path directory;

    @Test
    void showsARealServiceWithTheKeyboardAlone() throws Exception {
        Bench bench = new Bench(directory);
        capture(bench);
        Path page = report(bench, bench.out());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(page)))
                .isEqualTo("rw-------");
        assertThat(noSecretOf(bench, Files.readString(page))).isTrue();
        Files.createDirectories(SHOTS);
        try (Browser browser = Browser.start(directory.resolve("profile"))) {
            browser.open(page, 1280, 1100, false);
            assertThat(browser.value("document.querySelectorAll('.row.failed').length")
                            .asInt())
                    .isGreaterThan(1);
            assertThat(browser.value("document.querySelector('.row .c-out').textContent")
                            .asText())
                    .isEqualTo("key-mismatch");
            browser.screenshot(SHOTS.resolve("desktop-light.png"));

            // skip link, table, one row down, open, close: the focus is back where it was
            browser.press("Tab");
            assertThat(browser.value("document.activeElement.className").asText())
                    .isEqualTo("skip");
            browser.press("Enter");
            for (int i = 0; i < 40 && !onRow(browser); i++) {
                browser.press("Tab");
            }
            browser.press("ArrowDown", "Enter");
            browser.waitFor("document.getElementById('panel').open");
            assertThat(browser.value("document.querySelector('.why h3').textContent")
                            .asText())
                    .startsWith("key-mismatch (");
            assertThat(browser.value("document.querySelectorAll('.msg').length").asInt())
                    .isGreaterThan(3);
            browser.screenshot(SHOTS.resolve("panel-light.png"));
            browser.value("document.querySelector('.msg button').focus()");
            browser.press("Enter");
            assertThat(browser.value("document.querySelector('.open').textContent")
                            .asText())
                    .contains("legacy.demo.internal");
            browser.screenshot(SHOTS.resolve("message-light.png"));
            browser.press("Escape");
            browser.waitFor("!document.getElementById('panel').open");
            assertThat(browser.value("document.activeElement.getAttribute('aria-rowindex')")
                            .asText())
                    .isEqualTo("3");

            browser.open(page, 1280, 1100, true);
            browser.screenshot(SHOTS.resolve("desktop-dark.png"));
            browser.open(page, 390, 844, false);
            assertThat(browser.value("document.documentElement.scrollWidth").asInt())
                    .isLessThanOrEqualTo(390);
            browser.screenshot(SHOTS.resolve("phone-light.png"));
            browser.value("document.getElementById('connections').scrollIntoView()");
            browser.screenshot(SHOTS.resolve("phone-table.png"));
            browser.value("document.querySelector('.row').click()");
            browser.waitFor("document.getElementById('panel').open");
            browser.screenshot(SHOTS.resolve("phone-panel.png"));
            browser.open(page, 390, 844, true);
            browser.screenshot(SHOTS.resolve("phone-dark.png"));
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void showsHostileTextAsText() throws Exception {
        Bench bench = new Bench(directory);
        Path capture = Files.createDirectories(bench.out()).resolve("hostile.pcapng");
        try (CaptureWriter writer = new CaptureWriter(Files.newOutputStream(capture))) {
            writer.write(new Event(EventType.CONNECTION, 1, 1_000_000_000L)
                    .put(Field.ROLE, "client")
                    .put(Field.TRANSPORT, HOSTILE)
                    .put(Field.LOCAL, HOSTILE)
                    .put(Field.PEER, HOSTILE)
                    .put(Field.PEER_HOST, HOSTILE));
            writer.write(new Event(EventType.MESSAGE, 1, 1_000_000_001L)
                    .put(Field.DIRECTION, "in")
                    .put(Field.CONTENT_TYPE, 22)
                    .put(Field.BYTES, HOSTILE.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            writer.write(new Event(EventType.FAILURE, 1, 1_000_000_002L)
                    .put(Field.ALERT, 80)
                    .put(Field.PROTOCOL, HOSTILE)
                    .put(Field.CIPHER_SUITE, HOSTILE)
                    .put(Field.DIAGNOSTIC, HOSTILE)
                    .put(Field.EXCEPTION, HOSTILE + ": " + HOSTILE));
            writer.write(new Event(EventType.CLOSED, 1, 1_000_000_003L));
        }
        Path page = report(bench, capture);
        assertThat(Files.readString(page)).doesNotContain("onerror");
        try (Browser browser = Browser.start(directory.resolve("profile"))) {
            browser.open(page, 1000, 900, false);
            assertThat(browser.value("document.querySelector('.row .c-sni').textContent")
                            .asText())
                    .isEqualTo(HOSTILE.replace("\u202e", "\\u202e"));
            browser.value("document.querySelector('.row').click()");
            browser.waitFor("document.getElementById('panel').open");
            browser.value("document.querySelector('.msg button').click()");
            assertThat(browser.value("document.getElementById('panel').textContent")
                            .asText())
                    .contains("onerror");
            assertThat(browser.value("document.querySelectorAll('img').length + (window.hit || 0)")
                            .asInt())
                    .isZero();
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void overwritesNothingUnlessTold() throws Exception {
        Bench bench = new Bench(directory);
        capture(bench);
        Path page = Files.writeString(directory.resolve("there.html"), "mine");
        Bench.Ran refused = bench.cli(Jdk.current(), "report", bench.out().toString(), "-o", page.toString());
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err().lines()).hasSize(1).allMatch(line -> line.contains("--force"));
        assertThat(page).hasContent("mine");
        Bench.Ran forced = bench.cli(Jdk.current(), "report", bench.out().toString(), "-o", page.toString(), "--force");
        assertThat(forced.exitCode()).as(forced.err()).isZero();
        assertThat(Files.readString(page)).startsWith("<!doctype html>");
        try (var files = Files.list(directory)) {
            assertThat(files.filter(file -> file.toString().endsWith(".part"))).isEmpty();
        }
    }

    private static boolean onRow(Browser browser) {
        return browser.value("document.activeElement.classList.contains('row')").asBoolean();
    }

    private static void capture(Bench bench) {
        try (Jvm service = bench.demo(
                Jdk.current(), List.of(bench.agent("keep=all,secrets=on")), "DemoService", "--clients", "0")) {
            service.lineThatBegins("ready ");
            for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
                AttachTest.call(service, "orders " + protocol, "ok ");
                AttachTest.call(service, "payments " + protocol, "ok ");
            }
            service.say("fault key-mismatch on");
            service.lineThatBegins("fault ");
            AttachTest.call(service, "legacy TLSv1.2", "failed ");
            AttachTest.call(service, "legacy TLSv1.3", "failed ");
            service.say("quit");
            service.exitCode();
        }
    }

    private static Path report(Bench bench, Path captures) {
        Path page = bench.directory().resolve("report.html");
        Bench.Ran ran = bench.cli(Jdk.current(), "report", captures.toString(), "-o", page.toString());
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        return page;
    }

    /** Of no captured secret the value is in what the page unpacks. */
    private static boolean noSecretOf(Bench bench, String page) throws IOException {
        StringBuilder unpacked = new StringBuilder(page);
        var blocks = java.util.regex.Pattern.compile("<script type=\"text/plain\" id=\"[a-z0-9]+\">([^<]*)</script>")
                .matcher(page);
        while (blocks.find()) {
            byte[] bytes = java.util.Base64.getDecoder().decode(blocks.group(1));
            unpacked.append(new String(
                    new java.util.zip.GZIPInputStream(new java.io.ByteArrayInputStream(bytes)).readAllBytes(),
                    java.nio.charset.StandardCharsets.UTF_8));
        }
        assertThat(unpacked).contains("legacy.demo.internal");
        String text = unpacked.toString();
        int[] secrets = new int[1];
        for (Path capture : bench.captures()) {
            dev.tlscope.capture.CaptureReader.read(capture, event -> {
                byte[] secret = event.bytes(Field.BYTES);
                if (event.type() == EventType.SECRET && secret != null && secret.length >= 16) {
                    secrets[0]++;
                    assertThat(text).doesNotContain(HexFormat.of().formatHex(secret));
                }
            });
        }
        return secrets[0] > 0;
    }
}
