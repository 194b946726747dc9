package dev.tlscope.it.refusal;

import dev.tlscope.analyzer.refusal.RefusalRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * src/docs/refusals.md: the table's places by class, and the JDKs that have them.
 *
 * @param names exact version of each JDK that was read, by its number
 * @param columns the places that each JDK has, by {@link RefusalRow#key}
 */
record RefusalDocument(Map<Integer, String> names, Map<Integer, Set<String>> columns) {
    private static final Path FILE = Path.of("..", "docs", "refusals.md");
    private static final List<Integer> VERSIONS = List.of(8, 11, 17, 21, 25, 26, 27, 28);
    private static final String HAS = "x";
    private static final String CLASS = "## ";

    /** Columns before those of the JDKs: method, text, what it raises, and cause. */
    private static final int FIRST_JDK = 4;

    private static final String HEAD = """
            # Refusals

            All places at which the JDK's TLS code can refuse: where it calls `TransportContext.fatal`, or creates an exception with a text.
            `{}` stands for values that are inserted at run time; an empty text is that of another exception, and `*` stands for any exception
            from a method that this one calls, for which JSSE has no text. A cause is an id of
            [causes.md](causes.md); `A/B` is A at a client, B at a server; `?` marks one of several; the reason why a place ends no handshake is in parentheses.
            What each place checks, and what leads there, is in
            `refusals.txt` in the sources of the analyzer (package `refusal`), which `explain` uses.
            `mvn -Pdocs verify` makes this page from that table and the class files of the JDKs below `TLSCOPE_JDKS`; the column of a missing JDK
            stays unchanged.

            """;

    /** The existing document, or one without columns. */
    static RefusalDocument written() throws IOException {
        RefusalDocument read = new RefusalDocument(new TreeMap<>(), new TreeMap<>());
        String className = "";
        for (String line : Files.exists(FILE) ? Files.readAllLines(FILE) : List.<String>of()) {
            List<String> cells = cells(line);
            if (line.startsWith(CLASS)) {
                className = line.substring(CLASS.length());
            } else if (className.isEmpty() && cells.size() == 2 && cells.get(0).matches("\\d+")) {
                read.names.put(Integer.valueOf(cells.get(0)), cells.get(1));
            } else if (!className.isEmpty() && cells.size() > FIRST_JDK) {
                read.add(className, cells);
            }
        }
        return read;
    }

    private void add(String className, List<String> cells) {
        String key = className + '\t' + plain(cells.get(0)) + '\t' + plain(cells.get(1));
        for (int i = 0; i < VERSIONS.size() && FIRST_JDK + i < cells.size(); i++) {
            if (cells.get(FIRST_JDK + i).equals(HAS)) {
                columns.computeIfAbsent(VERSIONS.get(i), version -> new TreeSet<>())
                        .add(key);
            }
        }
    }

    /** Adds a JDK's places; ignores a JDK for which the document has no column. */
    void put(int version, String name, Set<RefusalPlace> places) {
        if (VERSIONS.contains(version)) {
            names.put(version, name);
            columns.put(version, places.stream().map(RefusalPlace::key).collect(Collectors.toCollection(TreeSet::new)));
        }
    }

    String text(List<RefusalRow> rows) {
        List<String> lines = new ArrayList<>(List.of("| JDK | version |", "|---|---|"));
        VERSIONS.stream()
                .filter(names::containsKey)
                .forEach(version -> lines.add("| " + version + " | " + names.get(version) + " |"));
        String className = "";
        for (RefusalRow row : rows) {
            if (!row.className().equals(className)) {
                className = row.className();
                lines.addAll(List.of("", CLASS + className, "", header(), rule()));
            }
            lines.add(line(row));
        }
        return HEAD + String.join("\n", lines) + "\n";
    }

    void write(List<RefusalRow> rows) throws IOException {
        Files.writeString(FILE, text(rows));
    }

    static String file() throws IOException {
        return Files.exists(FILE) ? Files.readString(FILE) : "";
    }

    private static String header() {
        return "| method | text | raises | cause | "
                + VERSIONS.stream().map(String::valueOf).collect(Collectors.joining(" | ")) + " |";
    }

    private static String rule() {
        return "|" + "---|".repeat(FIRST_JDK + VERSIONS.size());
    }

    private String line(RefusalRow row) {
        StringBuilder line = new StringBuilder("| ")
                .append(code(row.method()))
                .append(" | ")
                .append(code(row.text()))
                .append(" | ")
                .append(row.raises().replace("|", ", ").replace("*", "\\*"))
                .append(" | ")
                .append(row.verdict());
        for (int version : VERSIONS) {
            line.append(" | ").append(columns.getOrDefault(version, Set.of()).contains(row.key()) ? HAS : "");
        }
        return line.append(" |").toString();
    }

    private static String code(String text) {
        return text.isEmpty() ? "" : "`" + text + "`";
    }

    private static String plain(String cell) {
        return cell.startsWith("`") ? cell.substring(1, cell.length() - 1) : cell;
    }

    private static List<String> cells(String line) {
        if (!line.startsWith("| ")) {
            return List.of();
        }
        return Arrays.stream(line.substring(1, line.length() - 1).split("\\|", -1))
                .map(String::strip)
                .toList();
    }
}
