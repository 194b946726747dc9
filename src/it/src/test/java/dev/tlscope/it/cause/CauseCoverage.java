package dev.tlscope.it.cause;

import dev.tlscope.it.harness.CoverageDocument;
import dev.tlscope.it.harness.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which cells passed on which JDKs, as a section of src/it/results/coverage.md, when all JDKs of the matrix ran. */
final class CauseCoverage {
    private static final List<String> COLUMNS =
            List.of("TLSv1.2 socket", "TLSv1.2 engine", "TLSv1.3 socket", "TLSv1.3 engine");

    private final String test;
    private final Map<String, Map<String, Set<Integer>>> rows = new TreeMap<>();
    private final Set<Integer> jdks = new TreeSet<>();

    /** Collects rows of the test class with that name; rows of other classes stay in the document. */
    CauseCoverage(String test) {
        this.test = test;
    }

    void add(CauseExpectation expected, String version, String transport, Jdk jdk) {
        String cause = expected.cause() + (expected.optional() ? "|nothing" : "");
        add(cause, expected.family(), expected.role(), version, transport, jdk);
    }

    /**
     * Adds a cell that passed.
     *
     * @param cause id, or several separated by bars; {@code nothing} if that side may have seen no failure
     */
    synchronized void add(String cause, String family, String role, String version, String transport, Jdk jdk) {
        jdks.add(jdk.version());
        if (!CoverageDocument.MATRIX.contains(jdk.version())) {
            return;
        }
        String ids = "`" + cause.replace("|", "` or `") + "`";
        String row = ids.replace("`nothing`", "nothing") + " | " + family + " | " + role;
        rows.computeIfAbsent(row, it -> new TreeMap<>())
                .computeIfAbsent(version + " " + transport, it -> new TreeSet<>())
                .add(jdk.version());
    }

    synchronized void check() throws IOException {
        Set<String> lines = new TreeSet<>();
        rows.forEach((row, cells) -> {
            StringBuilder line = new StringBuilder("| ").append(row).append(" |");
            for (String column : COLUMNS) {
                line.append(' ')
                        .append(cell(cells.getOrDefault(column, Set.of())))
                        .append(" |");
            }
            lines.add(line + ownEnd());
        });
        Files.write(Path.of("target", test + "-coverage.md"), lines);
        if (jdks.containsAll(CoverageDocument.MATRIX)) {
            CoverageDocument.check("causes", old -> table(lines, old));
        }
    }

    /** The table with these rows and those of other tests in the document. */
    private String table(Set<String> own, String old) {
        Set<String> lines = new TreeSet<>(own);
        old.lines()
                .filter(line -> line.startsWith("| `") && !line.endsWith(ownEnd()))
                .forEach(lines::add);
        StringBuilder table = new StringBuilder("\n| cause | case | side |");
        COLUMNS.forEach(column -> table.append(' ').append(column).append(" |"));
        table.append(" test |\n|---|---|---|---|---|---|---|---|\n");
        lines.forEach(line -> table.append(line).append('\n'));
        return table.toString();
    }

    /** The last column, which names the test that a row belongs to. */
    private String ownEnd() {
        return " " + test + " |";
    }

    private String cell(Set<Integer> passed) {
        if (passed.isEmpty()) {
            return "-";
        }
        return passed.equals(CoverageDocument.MATRIX)
                ? "all"
                : new TreeSet<>(passed).toString().replaceAll("[\\[\\],]", "");
    }
}
