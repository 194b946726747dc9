package dev.tlscope.it.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.ForkedJvm;
import dev.tlscope.it.harness.Jdk;
import dev.tlscope.it.harness.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wrong input gives one clear line with the next step and a non-zero exit code, and does not harm the application. */
class BadInputTest {
    @TempDir
    private Path directory;

    @Test
    void theCommandLineSaysItInOneLine() throws IOException {
        Bench bench = new Bench(directory);
        refused(bench, "command or argument atach (did you mean 'attach'?)", "atach", "1");
        refused(bench, "Unknown subcommand 'atach'; see: ", "help", "atach");
        refused(bench, "no process has PID 999999999", "attach", "999999999");
        refused(bench, "option secrets has no value 'onn' (did you mean 'on'?)", "attach", "1", "--secrets", "onn");
        refused(bench, "unknown option --secret (did you mean '--secrets'?)", "attach", "1", "--secret", "on");
        refused(bench, "unknown option --eech (did you mean '--each'?)", "explain", "--eech");
        refused(bench, "unknown option --bogus", "export", "--bogus", "a.pcapng");
        refused(bench, "Missing required parameter: 'FILE|DIR'; see: ", "explain");
        refused(bench, "option rotate is not a size of 64k or more: '12 MB'", "attach", "1", "--rotate", "12 MB");
        refused(bench, "option files is not a count: '-1'", "attach", "1", "--files", "-1");
        refused(bench, "no JVM of this user has main class NoSuchMain", "attach", "NoSuchMain");
        refused(
                bench,
                "there is no " + directory.resolve("none"),
                "explain",
                directory.resolve("none").toString());
        Path text = Files.writeString(directory.resolve("x.pcapng"), "this is no capture at all, but some text");
        refused(bench, "is not a tlscope capture", "explain", text.toString());
        Path dangling = Files.createSymbolicLink(directory.resolve("dangling.pcapng"), directory.resolve("none"));
        refused(bench, "there is no " + dangling, "explain", dangling.toString());
    }

    @Test
    void whatCannotBeReadOrWrittenIsToldWithTheReason() throws IOException {
        Bench bench = new Bench(directory);
        Path captures = Files.createDirectory(directory.resolve("captures"));
        Files.createSymbolicLink(captures.resolve("a.pcapng"), captures.resolve("none"));
        refused(
                bench,
                "a.pcapng cannot be read: it is a link to a file that does not exist",
                "explain",
                captures.toString());
        Path text = Files.writeString(directory.resolve("text"), "");
        for (String output : List.of("none/page.html", "text/page.html")) {
            Path page = directory.resolve(output);
            Bench.Ran ran = bench.cli(Jdk.current(), "report", text.toString(), "-o", page.toString());
            assertThat(ran.exitCode()).isEqualTo(1);
            assertThat(ran.err().lines())
                    .hasSize(1)
                    .allMatch(line -> line.startsWith("tlscope: no file can be made in " + page.getParent() + ": "))
                    .noneMatch(line -> line.contains(".part") || line.contains("Exception"));
        }
    }

    @Test
    void anOlderJavaIsToldWhatIsMissing() {
        Bench bench = new Bench(directory);
        for (Jdk jdk : Jdk.all()) {
            if (jdk.version() < 17) {
                for (List<String> arguments :
                        List.of(List.of("explain", "x"), List.of("explain", "--help"), List.of("help", "explain"))) {
                    Bench.Ran ran = bench.cli(jdk, arguments.toArray(new String[0]));
                    assertThat(ran.exitCode()).isEqualTo(1);
                    assertThat(ran.err().lines()).hasSize(1).allMatch(line -> line.contains("needs Java 17 or later"));
                }
            }
        }
    }

    @Test
    void aCaptureCutShortIsExplainedAsFarAsItGoes() throws IOException {
        Bench bench = new Bench(directory);
        new Scenario(bench, Jdk.current())
                .serverJvm(bench.agent("keep=all,quiet=true"))
                .run();
        Path whole = bench.captures().get(0);
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = Files.write(directory.resolve("cut.pcapng"), java.util.Arrays.copyOf(bytes, bytes.length - 7));
        Bench.Ran ran = bench.cli(Jdk.current(), "explain", cut.toString());
        assertThat(ran.exitCode()).isEqualTo(3);
        assertThat(ran.err().lines()).hasSize(1).allMatch(line -> line.contains("damaged at byte offset"));
        assertThat(ran.out()).contains("no failed handshake in 1 connections");
    }

    @Test
    void aBadOptionNeverStopsTheApplication() throws IOException {
        Bench bench = new Bench(directory);
        Path link =
                Files.createSymbolicLink(directory.resolve("link"), Files.createDirectory(directory.resolve("real")));
        for (String options : List.of("secrets=maybe", "sekrets=on", "out=/proc/none/there", "out=" + link)) {
            Scenario.Ran ran = new Scenario(bench, Jdk.current())
                    .serverJvm("-javaagent:" + Bench.TLSCOPE + "=" + options)
                    .run();
            assertThat(ran.clientOut()).as(options).startsWith("ok ");
            assertThat(ran.serverErr().lines())
                    .as(options)
                    .hasSize(1)
                    .allMatch(line -> line.startsWith("tlscope: not attached: "));
        }
    }

    @Test
    void aJvmThatRefusesAttachIsLeftAlone() {
        Bench bench = new Bench(directory);
        for (String flag : List.of("-XX:+DisableAttachMechanism", "-XX:-EnableDynamicAgentLoading")) {
            try (ForkedJvm service = bench.service(Jdk.current(), List.of(flag))) {
                String before = service.out();
                Bench.Ran ran = bench.cli(Jdk.current(), "attach", "" + service.pid());
                assertThat(ran.exitCode()).isEqualTo(1);
                assertThat(ran.err().lines()).hasSize(1).allMatch(line -> line.contains(flag));
                assertThat(service.out()).isEqualTo(before);
                assertThat(service.err()).isEmpty();
                assertThat(service.isAlive()).isTrue();
            }
        }
    }

    private static void refused(Bench bench, String expected, String... arguments) {
        Bench.Ran ran = bench.cli(Jdk.current(), arguments);
        assertThat(ran.exitCode()).as(String.join(" ", arguments)).isNotZero();
        assertThat(ran.err().lines()).as(ran.err()).hasSize(1).allMatch(line -> line.contains(expected));
        assertThat(ran.out()).isEmpty();
    }
}
