package dev.tlscope.it.raw;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The rows of raw/answers.txt, and the cases of raw/known-wrong.txt. */
final class RawAnswers {
    private static final List<RawAnswer> ROWS =
            lines("answers.txt").stream().map(RawAnswer::parse).toList();

    private static final List<String> KNOWN_WRONG = lines("known-wrong.txt");

    private RawAnswers() {}

    static List<RawAnswer> rows() {
        return ROWS;
    }

    /** Names of cases for which explain is still wrong, on some JDK, in some version or over some transport. */
    static List<String> knownWrong() {
        return KNOWN_WRONG;
    }

    /** The single row of a case. */
    static RawAnswer of(PlayedRefusal played) {
        List<RawAnswer> fitting =
                ROWS.stream().filter(row -> row.holdsFor(played)).toList();
        if (fitting.size() != 1) {
            throw new AssertionError(fitting.size() + " rows for " + played);
        }
        return fitting.get(0);
    }

    private static List<String> lines(String resource) {
        try (InputStream in = RawAnswers.class.getResourceAsStream("/raw/" + resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
