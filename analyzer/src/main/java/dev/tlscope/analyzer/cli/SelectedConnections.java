package dev.tlscope.analyzer.cli;

import dev.tlscope.analyzer.model.CapturedJvms;
import dev.tlscope.analyzer.problem.Selection;
import dev.tlscope.analyzer.verdict.Verdicts;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The numbers of the selected connections, for code that passes on events without reading the whole connection. */
final class SelectedConnections {
    private final Map<Path, Set<Long>> byFile = new HashMap<>();
    private final boolean all;

    private SelectedConnections(boolean all) {
        this.all = all;
    }

    /**
     * The numbers in these captures, which are read for that unless all connections are selected. Errors are reported
     * when a capture is read again.
     */
    static SelectedConnections of(List<Path> files, Selection selection, Verdicts verdicts) {
        SelectedConnections selected = new SelectedConnections(selection.isAll());
        if (!selected.all) {
            PrintWriter nobody = new PrintWriter(Writer.nullWriter());
            try (Progress progress = Progress.of(files, nobody, false)) {
                Explaining explaining = new Explaining(verdicts, selection, new CapturedJvms(), nobody, progress);
                for (Path file : files) {
                    Set<Long> numbers = selected.byFile.computeIfAbsent(file, any -> new HashSet<>());
                    explaining.read(
                            file,
                            null,
                            explained -> numbers.add(explained.handshake().connection()));
                }
            }
        }
        return selected;
    }

    boolean has(Path file, long connection) {
        return all || connection == 0 || byFile.getOrDefault(file, Set.of()).contains(connection);
    }
}
