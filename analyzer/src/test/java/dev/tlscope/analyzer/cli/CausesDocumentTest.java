package dev.tlscope.analyzer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.cause.Catalogue;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** {@code tlscope causes}, and src/docs/causes.md, which it prints. */
class CausesDocumentTest {
    private static final Path PAGE = Path.of("..", "src", "docs", "causes.md");

    private record Ran(int exitCode, String out, String err) {}

    @Test
    void theDocumentationIsWhatTheCommandPrints() throws IOException {
        String made = run("--markdown").out;
        if (Boolean.getBoolean("tlscope.write")) {
            Files.writeString(PAGE, made);
        }
        assertThat(Files.readAllLines(PAGE))
                .as("src/docs/causes.md; mvn -Pdocs verify -pl analyzer -am makes it")
                .containsExactlyElementsOf(made.lines().toList());
    }

    @Test
    void oneCauseIsToldInFull() {
        Ran ran = run("key-mismatch");

        assertThat(ran.exitCode).isZero();
        assertThat(ran.out).contains("key-mismatch").contains("https://www.rfc-editor.org/rfc/rfc5246#section-7.4.7.1");
    }

    @Test
    void allOfThemHaveALine() {
        assertThat(run().out.lines()).hasSameSizeAs(Catalogue.entries());
    }

    @Test
    void anUnknownOneIsWrongUsage() {
        Ran ran = run("bad-luck");

        assertThat(ran.exitCode).isEqualTo(2);
        assertThat(ran.err).contains("bad-luck");
    }

    private static Ran run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = new CommandLine(new CausesCommand());
        command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return new Ran(command.execute(arguments), out.toString().replace("\r\n", "\n"), err.toString());
    }
}
