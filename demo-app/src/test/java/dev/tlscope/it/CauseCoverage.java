package dev.tlscope.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which cells passed on which JDKs, as a table: src/docs/causes-coverage.md, when the whole matrix ran. */
final class CauseCoverage {
    private static final List<String> COLUMNS =
            List.of("TLSv1.2 socket", "TLSv1.2 engine", "TLSv1.3 socket", "TLSv1.3 engine");
    private static final Set<Integer> MATRIX = Set.of(8, 11, 17, 21, 25, 26);

    private final Map<String, Map<String, Set<Integer>>> rows = new TreeMap<>();
    private final Set<Integer> jdks = new TreeSet<>();

    synchronized void add(CauseExpectation expected, String version, String transport, Jdk jdk) {
        String row =
                "`" + expected.cause().replace("|", "` or `") + "` | " + expected.family() + " | " + expected.role();
        rows.computeIfAbsent(row, it -> new TreeMap<>())
                .computeIfAbsent(version + " " + transport, it -> new TreeSet<>())
                .add(jdk.version());
        jdks.add(jdk.version());
    }

    synchronized void write() throws IOException {
        StringBuilder table = new StringBuilder(
                        "# Causes, by cell\n\nWritten by CauseMatrixTest when it runs on the whole")
                .append(" matrix. A cell names the JDKs on which that cause was provoked and\nnamed from that side's")
                .append(
                        " capture; `or`: a race decides what that side can know. `-`: the cause does not exist there.\n\n")
                .append("| cause | case | side |");
        COLUMNS.forEach(column -> table.append(' ').append(column).append(" |"));
        table.append("\n|---|---|---|---|---|---|---|\n");
        rows.forEach((row, cells) -> {
            table.append("| ").append(row).append(" |");
            for (String column : COLUMNS) {
                Set<Integer> passed = cells.getOrDefault(column, Set.of());
                table.append(' ')
                        .append(
                                passed.isEmpty()
                                        ? "-"
                                        : passed.equals(jdks)
                                                ? "all"
                                                : passed.toString().replaceAll("[\\[\\],]", ""))
                        .append(" |");
            }
            table.append('\n');
        });
        table.append("\nJDKs: ")
                .append(jdks.toString().replaceAll("[\\[\\]]", ""))
                .append('\n');
        Files.writeString(Path.of("target", "causes-coverage.md"), table);
        if (jdks.containsAll(MATRIX)) {
            Files.writeString(Path.of("..", "src", "docs", "causes-coverage.md"), table);
        }
    }
}
