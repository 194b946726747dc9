package dev.tlscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages for people: the commands that they show exist, the messages that they explain are those of the code, and the pages they link to are there. */
class TaskDocumentsTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern COMMAND = Pattern.compile("^ +tlscope ([a-z].*)$", Pattern.MULTILINE);
    private static final Pattern KEY = Pattern.compile("^\\*\\*`(.+?)`\\*\\*", Pattern.MULTILINE);
    private static final Pattern VARIES = Pattern.compile("\\b[A-Z]\\b|\\.java_pid");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");
    private static final Pattern CAUSE = Pattern.compile("^\\| `([a-z-]+)`", Pattern.MULTILINE);

    static Stream<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        pages.add(ROOT.resolve("README.md"));
        for (String name : List.of(
                "README",
                "renewal",
                "mutual-tls",
                "jdk-update",
                "fleet",
                "containers",
                "security",
                "troubleshooting",
                "comparison")) {
            pages.add(ROOT.resolve("src/docs/" + name + ".md"));
        }
        return pages.stream();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void theCommandsAreThere(Path page) throws IOException {
        Matcher commands = COMMAND.matcher(Files.readString(page));
        while (commands.find()) {
            String line = commands.group(1).replaceAll(" [|>].*", "").replaceAll("\\bPID\\b", "4711");
            List<String> arguments = new ArrayList<>(Arrays.asList(line.split(" +")));
            arguments.add("--help");
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            assertThat(Cli.run(arguments.toArray(new String[0]), new ByteArrayOutputStream(), err))
                    .as(page + ": tlscope " + line + ": " + err)
                    .isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void theLinkedPagesAreThere(Path page) throws IOException {
        Matcher links = LINK.matcher(Files.readString(page));
        while (links.find()) {
            assertThat(page.resolveSibling(links.group(1))).as(page.toString()).exists();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void theCausesAreThere(Path page) throws IOException {
        String causes = Files.readString(ROOT.resolve("src/docs/causes.md"));
        Matcher named = CAUSE.matcher(Files.readString(page));
        while (named.find()) {
            if (named.group(1).contains("-")) {
                assertThat(causes).as(page.toString()).contains("`" + named.group(1) + "`");
            }
        }
    }

    @Test
    void theMessagesAreThoseOfTheCode() throws IOException {
        String code = code();
        Matcher keys = KEY.matcher(Files.readString(ROOT.resolve("src/docs/troubleshooting.md")));
        int found = 0;
        while (keys.find()) {
            if (!keys.group(1).startsWith("WARNING: A Java agent")) { // the JDK's own
                for (String part : VARIES.splitAsStream(keys.group(1)).toList()) {
                    assertThat(code.contains(part.trim())).as(keys.group(1)).isTrue();
                }
            }
            found++;
        }
        assertThat(found).isGreaterThan(20);
    }

    /** All main sources, with the parts of a literal that is spread over lines put together. */
    private static String code() throws IOException {
        StringBuilder code = new StringBuilder();
        for (String module : List.of("agent", "analyzer")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module + "/src/main/java"))) {
                for (Path file :
                        files.filter(each -> each.toString().endsWith(".java")).toList()) {
                    code.append(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
                }
            }
        }
        return code.toString().replaceAll("\"\\s*\\+\\s*\"", "");
    }
}
