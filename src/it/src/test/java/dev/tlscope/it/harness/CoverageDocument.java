package dev.tlscope.it.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.UnaryOperator;

/** src/docs/coverage.md, into whose sections tests write what they saw; test classes run at the same time. */
public final class CoverageDocument {
    /** The JDKs of the whole matrix. */
    public static final Set<Integer> MATRIX = Set.of(8, 11, 17, 21, 25, 26);

    private static final Path FILE = Path.of("..", "docs", "coverage.md");

    private CoverageDocument() {}

    /** Replaces what stands between the two comments {@code <!-- section -->} and {@code <!-- /section -->}, line ends included. */
    public static synchronized void replace(String section, UnaryOperator<String> content) throws IOException {
        String document = Files.readString(FILE);
        String comment = "<!-- " + section + " -->";
        int begin = document.indexOf(comment) + comment.length();
        int end = document.indexOf("<!-- /" + section + " -->", begin);
        String replaced = content.apply(document.substring(begin, end));
        Files.writeString(FILE, document.substring(0, begin) + replaced + document.substring(end));
    }
}
