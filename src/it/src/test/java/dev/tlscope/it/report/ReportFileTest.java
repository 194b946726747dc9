package dev.tlscope.it.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.capture.CaptureReader;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.Jdk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tlscope report}: the file that it writes, and the line that it prints. */
class ReportFileTest {
    @TempDir
    private static Path directory;

    private static Bench bench = new Bench(Path.of("."));

    @BeforeAll
    static void capture() {
        bench = new Bench(directory);
        Reported.capture(bench);
    }

    @Test
    void overwritesNothingUnlessTold() throws Exception {
        Path page = Files.writeString(directory.resolve("there.html"), "mine");
        Bench.Ran refused = bench.cli(Jdk.current(), "report", bench.out().toString(), "-o", page.toString());
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err().lines()).hasSize(1).allMatch(line -> line.contains("--force"));
        assertThat(page).hasContent("mine");
        Bench.Ran forced = bench.cli(Jdk.current(), "report", bench.out().toString(), "-o", page.toString(), "--force");
        assertThat(forced.exitCode()).as(forced.err()).isZero();
        assertThat(Files.readString(page)).startsWith("<!doctype html>");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.filter(file -> file.toString().endsWith(".part"))).isEmpty();
        }
    }

    @Test
    void holdsSecretsOnlyWhenTold() throws Exception {
        List<String> secrets = new ArrayList<>();
        for (Path capture : bench.captures()) {
            CaptureReader.read(capture, event -> {
                byte[] secret = event.bytes(Field.BYTES);
                if (event.type() == EventType.SECRET && secret != null && secret.length >= 16) {
                    secrets.add(HexFormat.of().formatHex(secret));
                }
            });
        }
        assertThat(secrets).isNotEmpty();
        Reported reported = Reported.of(bench, 0, bench.out());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(reported.page())))
                .isEqualTo("rw-------");
        String closed = reported.unpacked();
        assertThat(closed).contains("legacy.demo.internal", "CLIENT_HANDSHAKE_TRAFFIC_SECRET");
        assertThat(secrets).noneMatch(closed::contains);

        String open = Reported.of(bench, 0, bench.out(), "--secrets").unpacked();
        assertThat(secrets).anyMatch(open::contains);
    }

    @Test
    void saysWhatCannotBeOpened() throws Exception {
        Reported all = Reported.of(bench, 0, bench.out());
        assertThat(all.said().lines()).hasSize(1);
        assertThat(all.unpacked()).contains("\"undetailed\":0", "\"undetailedFailures\":0");

        int completed = (int) Reported.handshakes(bench).stream()
                .filter(handshake -> handshake.get("failure").isNull())
                .count();
        Reported few = Reported.of(bench, 0, bench.out(), "--details", "1");
        assertThat(few.said()).contains("\n" + (completed - 1) + " connections that did not fail ", "--details");
        assertThat(few.unpacked()).contains("\"undetailed\":" + (completed - 1), "\"undetailedFailures\":0");
    }

    @Test
    void staysWithinItsSize() throws Exception {
        Reported none = Reported.of(bench, 0, bench.out(), "--details", "0", "--size", "0");
        // a first block is started before its size is known
        assertThat(none.said()).contains("--size (now 0 MB)");
        Bench.Ran wrong = bench.cli(Jdk.current(), "report", bench.out().toString(), "-o", "x.html", "--details", "-1");
        assertThat(wrong.exitCode()).isEqualTo(2);
    }
}
