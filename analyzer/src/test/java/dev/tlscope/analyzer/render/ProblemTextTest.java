package dev.tlscope.analyzer.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.model.CapturedJvms;
import dev.tlscope.analyzer.model.Handshakes;
import dev.tlscope.analyzer.problem.Problem;
import dev.tlscope.analyzer.problem.Problems;
import dev.tlscope.analyzer.verdict.Verdicts;
import dev.tlscope.capture.CaptureReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProblemTextTest {
    private static final Path FIELD = Path.of("src/test/resources/field");
    private static final String LONG_WORD = "x".repeat(90);

    /** Of every capture of a public report, on a terminal of 80 columns. */
    @Test
    void fitsFifteenLinesOfEightyColumns() throws IOException {
        List<Problem> problems = fieldProblems();
        assertThat(problems).hasSizeGreaterThan(50);
        for (Problem problem : problems) {
            List<String> lines = new ProblemText(new Style(false, 80)).lines(12, problem, true);
            assertThat(lines).hasSizeLessThanOrEqualTo(15);
            assertThat(lines)
                    .allMatch(line -> line.length() <= 80
                            || line.endsWith(" ...")
                            || !line.strip().contains(" ")
                            || isLeadAndWord(line));
            assertThat(String.join("\n", lines))
                    .contains("who must act: ")
                    .contains("   fix: ")
                    .contains("connections: ");
        }
    }

    @Test
    void aPipeGetsEachThingInOneLine() throws IOException {
        for (Problem problem : fieldProblems()) {
            List<String> lines = new ProblemText(new Style(false, 0)).lines(1, problem, false);
            assertThat(lines.get(0))
                    .startsWith("1. " + problem.finding().cause().id() + " (");
            assertThat(lines.get(1))
                    .isEqualTo("   " + PrintableText.of(problem.finding().summary()));
            assertThat(lines).allMatch(line -> !line.contains("\u001b"));
        }
    }

    @Test
    void wordsStayWhole() {
        Style style = new Style(false, 30);
        assertThat(style.hang("  fix: ", "  fix: ", "one two three four five six " + LONG_WORD + " end"))
                .containsExactly("  fix: one two three four five", "       six", "       " + LONG_WORD, "       end");
        assertThat(style.wrap(0, "")).containsExactly("");
    }

    /** Such as a path behind its title. */
    private static boolean isLeadAndWord(String line) {
        return line.strip().matches("(\\S+ ){1,6}\\S{20,}");
    }

    private static List<Problem> fieldProblems() throws IOException {
        List<Problem> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(FIELD)) {
            for (Path file : files.filter(name -> name.toString().endsWith(".pcapng"))
                    .sorted()
                    .toList()) {
                Problems problems = new Problems(new CapturedJvms());
                Verdicts verdicts = Verdicts.ofOneEnd();
                Handshakes handshakes = new Handshakes(file, handshake -> {
                    if (handshake.failed()) {
                        problems.failed(handshake, verdicts.of(handshake));
                    }
                });
                CaptureReader.read(file, handshakes);
                handshakes.end();
                all.addAll(problems.mostUrgentFirst());
            }
        }
        return all;
    }
}
