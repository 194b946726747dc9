package dev.tlscope.analyzer.refusal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines of the table for one class, parsed at the first lookup of a place in the class: most never are. */
final class ClassPlaces {
    private final String className;
    private final List<String> lines = new ArrayList<>();

    /** Two threads may both parse them, with equal results. */
    private volatile @Nullable List<RefusalRow> rows;

    ClassPlaces(String className) {
        this.className = className;
    }

    void add(String line) {
        lines.add(line);
    }

    List<RefusalRow> rows() {
        List<RefusalRow> made = rows;
        if (made == null) {
            made = new ArrayList<>();
            for (String line : lines) {
                made.add(RefusalRow.parse(className, line));
            }
            rows = made;
        }
        return made;
    }
}
