package dev.tlscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command's help, and src/docs/cli.md, which is generated from it. */
class CommandDocumentTest {
    private static final Path PAGE = Path.of("..", "src", "docs", "cli.md");
    private static final Pattern VERB = Pattern.compile("^  ([a-z]+) {2,}", Pattern.MULTILINE);

    @Test
    void theDocumentationIsWhatHelpPrints() throws IOException {
        StringBuilder page = new StringBuilder("""
                # The command line

                Generated from the commands' help (`tlscope help COMMAND`). `tlscope` stands for `java -jar tlscope.jar`. list,
                attach, status and detach run on Java 8 and later, the others on Java 17 and later.

                A command with FILE accepts any number of files and directories; a directory stands for the captures in it
                (`*.pcapng`), sorted by name. On a terminal the output has colour, unless NO_COLOR is set, and long work shows its
                progress on standard error; in a pipe there is neither.

                ```
                """).append(help()).append("```\n");
        for (String verb : verbs()) {
            page.append("\n## ")
                    .append(verb)
                    .append("\n\n```\n")
                    .append(help(verb))
                    .append("```\n");
        }
        if (Boolean.getBoolean("tlscope.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE))
                .as("src/docs/cli.md; mvn -Pdocs verify -pl agent -am makes it")
                .isEqualTo(page.toString());
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void helpTeaches(String verb) {
        String help = help(verb);
        assertThat(help).startsWith("Usage: tlscope " + verb).contains("Examples", "  tlscope " + verb, "Exit codes:");
        assertThat(help.lines()).allMatch(line -> line.length() <= 90, "fits a terminal");
        assertThat(help).as("zsh looks for files of that name").doesNotContain("jq .[");
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void theVerbItselfTellsItToo(String verb) {
        assertThat(run(verb, "--help")).isEqualTo(help(verb));
        assertThat(run(verb, "-h")).isEqualTo(help(verb));
    }

    /** picocli would wrap a line that is too long, and the lines after it would no longer be aligned. */
    @ParameterizedTest
    @MethodSource("verbs")
    void nothingIsWrapped(String verb) {
        String usual = footer(help(verb));
        System.setProperty("picocli.usage.width", "200");
        try {
            assertThat(usual).isEqualTo(footer(help(verb)));
        } finally {
            System.clearProperty("picocli.usage.width");
        }
    }

    @Test
    void nothingElseIsLeftOutOfTheNames() {
        assertThat(verbs().stream().filter(verb -> !CommandNames.IN_PROCESS.contains(verb)))
                .filteredOn(verb -> !verb.equals("completion"))
                .containsExactlyInAnyOrderElementsOf(CommandNames.OFFLINE);
    }

    static List<String> verbs() {
        String help = help();
        Matcher verbs = VERB.matcher(help.substring(help.indexOf("Commands:")));
        return verbs.results()
                .map(found -> found.group(1))
                .filter(verb -> !verb.equals("help"))
                .toList();
    }

    private static String footer(String help) {
        return help.substring(help.indexOf("\n\n", help.indexOf("Exit codes:")));
    }

    private static String help(String... verb) {
        return verb.length == 0 ? run("help") : run("help", verb[0]);
    }

    private static String run(String... command) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        assertThat(Cli.run(command, stream, stream)).isZero();
        return out.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}
