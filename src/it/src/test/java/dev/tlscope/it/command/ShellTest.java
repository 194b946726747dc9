package dev.tlscope.it.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.capture.CaptureWriter;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import dev.tlscope.it.harness.Bench;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line in a real shell: completion, and pipes that their reader closes. */
class ShellTest {
    /** Enough that no pipe holds the whole output. */
    private static final int CONNECTIONS = 3_000;

    @TempDir
    private Path directory;

    private record Ran(String out, String err) {}

    @BeforeEach
    void writeCapture() throws IOException {
        Path capture = directory.resolve("long.pcapng");
        try (CaptureWriter writer = new CaptureWriter(Files.newOutputStream(capture))) {
            for (long connection = 1; connection <= CONNECTIONS; connection++) {
                long time = connection * 1_000_000;
                writer.write(new Event(EventType.CONNECTION, connection, time)
                        .put(Field.ROLE, "client")
                        .put(Field.PEER, "127.0.0.1:443"));
                writer.write(new Event(EventType.SECRET, connection, time)
                        .put(Field.LABEL, "CLIENT_RANDOM")
                        .put(Field.CLIENT_RANDOM, new byte[32])
                        .put(Field.BYTES, secret(connection)));
                writer.write(new Event(EventType.MESSAGE, connection, time)
                        .put(Field.DIRECTION, "out")
                        .put(Field.CONTENT_TYPE, 22)
                        .put(Field.BYTES, new byte[] {0, 0, 0, 0}));
                writer.write(new Event(EventType.FAILURE, connection, time)
                        .put(Field.DIRECTION, "in")
                        .put(Field.ALERT, 40));
                writer.write(new Event(EventType.CLOSED, connection, time));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "explain",
                "explain --format json",
                "explain --each",
                "explain --each --format json",
                "show",
                "show --format json",
                "verify",
                "verify --format json",
                "export --to json",
                "export --to keylog"
            })
    void aReaderThatHasSeenEnoughEndsItQuietly(String verb) throws Exception {
        Ran ran = shell("bash", "tlscope " + verb + " long.pcapng | head -1");
        assertThat(ran.out.lines()).hasSize(1);
        assertThat(ran.err).isEmpty();
        assertThat(ran.out).doesNotContain("\u001b");
    }

    /** If the command read that far, it would report the second file. Not for {@code explain --each}, whose order of time takes all files. */
    @ParameterizedTest
    @ValueSource(strings = {"show", "verify", "verify --format json", "export --to json"})
    void aReaderThatHasSeenEnoughEndsTheWork(String verb) throws Exception {
        Files.writeString(directory.resolve("other.pcapng"), "no capture");
        Ran ran = shell("bash", "tlscope " + verb + " long.pcapng other.pcapng | head -1");
        assertThat(ran.out.lines()).hasSize(1);
        assertThat(ran.err).isEmpty();
    }

    /** A full disk must be reported; otherwise the missing output would go unnoticed. */
    @ParameterizedTest
    @ValueSource(strings = {"explain", "show", "verify", "export --to json", "export --to keylog -o -", "help export"})
    void anOutputThatIsCutOffIsTold(String verb) throws Exception {
        String capture = verb.startsWith("help") ? "" : " long.pcapng";
        Ran ran = shell("bash", "tlscope " + verb + capture + " > /dev/full; echo $?");
        assertThat(ran.out).isEqualTo("1\n");
        assertThat(ran.err.lines()).hasSize(1).allMatch(line -> line.contains("No space left on device"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"export --to json", "report"})
    void aLinkOrDeviceIsNotReplaced(String verb) throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("/dev/null"));
        Ran ran = shell("bash", "tlscope " + verb + " long.pcapng --force -o link; echo $?");
        assertThat(ran.out).isEqualTo("1\n");
        assertThat(ran.err.lines()).hasSize(1).allMatch(line -> line.contains("is a link or device, not a file"));
        assertThat(link).isSymbolicLink();
    }

    @Test
    void bashCompletesVerbsOptionsAndValues() throws Exception {
        String complete = "source <(tlscope completion bash); COMP_CWORD=$((${#COMP_WORDS[@]} - 1));"
                + " _complete_tlscope; printf '%s\\n' \"${COMPREPLY[@]}\"";
        assertThat(shell("bash", "COMP_WORDS=(tlscope ex); " + complete).out.lines())
                .containsExactlyInAnyOrder("explain", "export");
        assertThat(shell("bash", "COMP_WORDS=(tlscope explain --ea); " + complete)
                        .out
                        .lines())
                .containsExactly("--each");
        assertThat(shell("bash", "COMP_WORDS=(tlscope export --to ''); " + complete)
                        .out
                        .lines())
                .containsExactlyInAnyOrder("keylog", "pcapng", "json");
        assertThat(shell("bash", "COMP_WORDS=(tlscope attach --ke); " + complete)
                        .out
                        .lines())
                .contains("--keep");
        assertThat(shell("bash", "COMP_WORDS=(tlscope attach --keep ''); " + complete)
                        .out
                        .lines())
                .containsExactlyInAnyOrder("all", "failures");
        assertThat(shell("bash", "COMP_WORDS=(tlscope causes key-m); " + complete)
                        .out
                        .lines())
                .containsExactly("key-mismatch");
    }

    @Test
    void zshTakesItsCompletion() throws Exception {
        assumeZsh();
        Ran ran = shell(
                "zsh",
                "autoload -U compinit; compinit -u; source <(tlscope completion zsh); print -- ${_comps[tlscope]}");
        assertThat(ran.err).isEmpty();
        assertThat(ran.out).contains("_complete_tlscope");
    }

    @Test
    void zshCompletesIntoDirectories() throws Exception {
        assumeZsh();
        Files.createFile(
                Files.createDirectories(directory.resolve("below/deeper")).resolve("a.pcapng"));
        Ran ran = shell("zsh", """
                tlscope completion zsh > completion
                zmodload zsh/zpty
                zpty typed zsh -f -i
                zpty -w typed 'tlscope() { print -r -- "<$*>" }; autoload -U compinit; compinit -u'
                zpty -w typed 'source ./completion; print re""ady'
                zpty -r typed said '*ready*'
                zpty -w typed $'tlscope expl\tbel\td\ta\t--al\t'
                zpty -w typed exit
                zpty -r typed said '*<*>*'
                print -r -- "$said"
                """);
        assertThat(ran.out).contains("<explain below/deeper/a.pcapng --all>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"explain", "watch", "attach 1 --out"})
    void aNameThatTheLocaleLacksIsTold(String verb) throws Exception {
        Ran ran = shell("bash", "LC_ALL=C tlscope " + verb + " $'caf\\xc3\\xa9.pcapng'; echo $?");
        assertThat(ran.out).matches("[12]\n");
        assertThat(ran.err.lines())
                .hasSize(1)
                .allMatch(line -> line.startsWith("tlscope: this locale cannot name caf")
                        && line.contains("LC_ALL=C.UTF-8")
                        && !line.contains("Exception"));
    }

    @Test
    void theVersionIsTold() throws Exception {
        assertThat(shell("bash", "tlscope --version").out).matches("tlscope [0-9]+\\.[0-9]+\\S* \\(Java 17\\S*\\)\n");
    }

    private static void assumeZsh() throws Exception {
        Assumptions.assumeTrue(
                new ProcessBuilder("sh", "-c", "command -v zsh").start().waitFor() == 0,
                "skipped: zsh is not installed");
    }

    private Ran shell(String shell, String script) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Path err = directory.resolve("err");
        Process process = new ProcessBuilder(List.of(
                        shell, "-c", "tlscope() { '" + java + "' -jar '" + Bench.TLSCOPE + "' \"$@\"; }; " + script))
                .directory(directory.toFile())
                .redirectError(err.toFile())
                .start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return new Ran(out, Files.readString(err));
    }

    /** Each differs from the others, so that none is left out as a duplicate. */
    private static byte[] secret(long number) {
        return ByteBuffer.allocate(48).putLong(number).array();
    }
}
