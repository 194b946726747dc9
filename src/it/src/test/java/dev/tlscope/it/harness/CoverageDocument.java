package dev.tlscope.it.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * src/it/results/coverage.md, whose sections contain the results of tests on all JDKs of the matrix: compared with this run's
 * results, or generated from them. Test classes run concurrently.
 */
public final class CoverageDocument {
    /** The JDKs of the whole matrix. */
    public static final Set<Integer> MATRIX = Set.of(8, 11, 17, 21, 25, 26);

    private static final Path FILE = Path.of("results", "coverage.md");

    private CoverageDocument() {}

    /**
     * Compares or writes the text between the comments {@code <!-- section -->} and {@code <!-- /section -->}, line
     * ends included.
     */
    public static synchronized void check(String section, UnaryOperator<String> content) throws IOException {
        String document = Files.readString(FILE);
        String comment = "<!-- " + section + " -->";
        int begin = document.indexOf(comment) + comment.length();
        int end = document.indexOf("<!-- /" + section + " -->", begin);
        String written = document.substring(begin, end);
        String made = content.apply(written);
        if (Boolean.getBoolean("tlscope.write")) {
            Files.writeString(FILE, document.substring(0, begin) + made + document.substring(end));
            return;
        }
        assertThat(written)
                .as("section " + section + " of src/it/results/coverage.md; mvn -Pdocs verify makes it")
                .isEqualTo(made);
    }
}
