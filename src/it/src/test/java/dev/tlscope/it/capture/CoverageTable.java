package dev.tlscope.it.capture;

import dev.tlscope.it.harness.CoverageDocument;
import dev.tlscope.it.harness.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The result of each cell per JDK, as a section of src/it/results/coverage.md, when the whole matrix ran. */
final class CoverageTable {
    private final Map<String, Map<Integer, String>> rows = new TreeMap<>();
    private final Set<Integer> jdks = new TreeSet<>();

    synchronized void add(CoverageCell cell, Jdk jdk, String result) {
        if (!CoverageDocument.MATRIX.contains(jdk.version())) {
            return;
        }
        String row = String.join(
                " | ",
                cell.id() + " | " + cell.protocol(),
                cell.suite().replace("TLS_", "").replace("SSL_", ""),
                cell.group(),
                cell.link(),
                cell.what());
        rows.computeIfAbsent(row, name -> new TreeMap<>()).put(jdk.version(), result);
        jdks.add(jdk.version());
    }

    synchronized void check() throws IOException {
        StringBuilder table = new StringBuilder("| cell | version | suite | group | over | case |");
        jdks.forEach(jdk -> table.append(" JDK ").append(jdk).append(" |"));
        table.append("\n|---|---|---|---|---|---|")
                .append("---|".repeat(jdks.size()))
                .append('\n');
        rows.forEach((row, results) -> {
            table.append("| ").append(row).append(" |");
            jdks.forEach(jdk -> table.append(' ')
                    .append(results.getOrDefault(jdk, "**differs**"))
                    .append(" |"));
            table.append('\n');
        });
        Files.writeString(Path.of("target", "coverage.md"), table);
        if (jdks.equals(CoverageDocument.MATRIX)) {
            CoverageDocument.check("capture", old -> "\n" + table);
        }
    }
}
