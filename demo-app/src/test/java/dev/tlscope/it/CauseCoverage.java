package dev.tlscope.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which cells passed on which JDKs, as a section of src/docs/coverage.md, when the whole matrix ran. */
final class CauseCoverage {
    private static final List<String> COLUMNS =
            List.of("TLSv1.2 socket", "TLSv1.2 engine", "TLSv1.3 socket", "TLSv1.3 engine");

    private static final Set<Integer> MATRIX = Set.of(8, 11, 17, 21, 25, 26);
    private static final Path DOCUMENT = Path.of("..", "src", "docs", "coverage.md");
    private static final String BEGIN = "<!-- causes -->";
    private static final String END = "<!-- /causes -->";

    private final Map<String, Map<String, Set<Integer>>> rows = new TreeMap<>();
    private final Set<Integer> jdks = new TreeSet<>();

    synchronized void add(CauseExpectation expected, String version, String transport, Jdk jdk) {
        String row = "`" + expected.cause().replace("|", "` or `") + "`" + (expected.optional() ? " or nothing" : "")
                + " | " + expected.family() + " | " + expected.role();
        rows.computeIfAbsent(row, it -> new TreeMap<>())
                .computeIfAbsent(version + " " + transport, it -> new TreeSet<>())
                .add(jdk.version());
        jdks.add(jdk.version());
    }

    synchronized void write() throws IOException {
        StringBuilder table = new StringBuilder("| cause | case | side |");
        COLUMNS.forEach(column -> table.append(' ').append(column).append(" |"));
        table.append("\n|---|---|---|---|---|---|---|\n");
        rows.forEach((row, cells) -> {
            table.append("| ").append(row).append(" |");
            for (String column : COLUMNS) {
                table.append(' ')
                        .append(cell(cells.getOrDefault(column, Set.of())))
                        .append(" |");
            }
            table.append('\n');
        });
        Files.writeString(Path.of("target", "causes-coverage.md"), table);
        if (jdks.equals(MATRIX)) {
            String document = Files.readString(DOCUMENT);
            int begin = document.indexOf(BEGIN) + BEGIN.length();
            int end = document.indexOf(END, begin);
            Files.writeString(DOCUMENT, document.substring(0, begin) + "\n" + table + document.substring(end));
        }
    }

    private String cell(Set<Integer> passed) {
        if (passed.isEmpty()) {
            return "-";
        }
        return passed.equals(jdks) ? "all" : passed.toString().replaceAll("[\\[\\],]", "");
    }
}
