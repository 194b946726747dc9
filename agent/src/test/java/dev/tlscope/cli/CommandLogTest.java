package dev.tlscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log that a command writes on request, and nothing without one. */
class CommandLogTest {
    private static final String LINE = "\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z DEBUG dev\\.tlscope\\.";

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void verboseGoesToStandardErrorAndEndsWithTheCommand() {
        assertThat(run("causes", "-v")).isZero();
        assertThat(errors())
                .containsPattern("(?m)^" + LINE + "cli\\.Cli tlscope .*: causes -v$")
                .containsPattern("(?m)^" + LINE + "cli\\.Cli exit code 0 after \\d+ ms$");
        err.reset();
        assertThat(run("causes")).isZero();
        assertThat(errors()).isEmpty();
    }

    @Test
    void aFileIsAppendedToAndForItsOwnerOnly() throws IOException {
        Path file = directory.resolve("tlscope.log");
        Path missing = directory.resolve("none.pcapng");
        assertThat(run("explain", "--log-file", file.toString(), missing.toString()))
                .isEqualTo(1);
        assertThat(run("causes", "--log-file", file.toString())).isZero();
        assertThat(errors()).startsWith("tlscope: there is no ").doesNotContain("DEBUG");
        assertThat(Files.readString(file)).contains("exit code 1 after ").contains("exit code 0 after ");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    /** The user sees one line, the log has the whole exception. */
    @Test
    void theLogHasTheStackTraceOfAFailure() throws IOException {
        Path file = directory.resolve("tlscope.log");
        assertThat(run("attach", "0", "--log-file", file.toString())).isEqualTo(1);
        assertThat(errors().lines()).hasSize(1);
        assertThat(Files.readString(file)).contains("CommandFailed: ").contains("\tat dev.tlscope.cli.");
    }

    @Test
    void aFileThatCannotBeWrittenIsOneLine() {
        Path file = directory.resolve("none").resolve("tlscope.log");
        assertThat(run("causes", "--log-file", file.toString())).isEqualTo(1);
        assertThat(errors())
                .isEqualTo("tlscope: the log " + file
                        + " cannot be written: its directory does not exist; name another file\n");
    }

    private int run(String... arguments) {
        return Cli.run(arguments, new ByteArrayOutputStream(), err);
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
