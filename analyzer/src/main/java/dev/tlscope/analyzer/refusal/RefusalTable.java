package dev.tlscope.analyzer.refusal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table of all places: {@code refusals.txt} beside this class, which begins with a description of its format. */
public final class RefusalTable {
    private static final String FILE = "refusals.txt";

    private final Map<String, ClassPlaces> classes = new LinkedHashMap<>();

    private volatile @Nullable List<RefusalRow> knownByText;

    private RefusalTable() {}

    /**
     * The table in the jar. It is read at the first request, and a class's part of it at the first lookup of one of its
     * places.
     */
    public static RefusalTable standard() {
        return Standard.TABLE;
    }

    /** All places, in the file's order. */
    public List<RefusalRow> rows() {
        List<RefusalRow> rows = new ArrayList<>();
        for (ClassPlaces places : classes.values()) {
            rows.addAll(places.rows());
        }
        return rows;
    }

    /** The places that end handshakes and whose text is specific. Made once, because it reads the whole table. */
    List<RefusalRow> knownByText() {
        List<RefusalRow> known = knownByText;
        if (known == null) {
            known = rows().stream()
                    .filter(row -> row.reason() == null && row.template().isSpecific())
                    .toList();
            knownByText = known;
        }
        return known;
    }

    /** The places of a class, given by its binary name. */
    List<RefusalRow> ofClass(String className) {
        ClassPlaces places = classes.get(className);
        return places == null ? List.of() : places.rows();
    }

    static RefusalTable parse(String text) {
        RefusalTable table = new RefusalTable();
        ClassPlaces places = new ClassPlaces("");
        int begin = 0;
        while (begin < text.length()) {
            int end = text.indexOf('\n', begin);
            end = end < 0 ? text.length() : end;
            char first = end == begin ? '#' : text.charAt(begin);
            if (first == '\t') {
                places.add(text.substring(begin + 1, end));
            } else if (first != '#') {
                places = new ClassPlaces(text.substring(begin, end));
                table.classes.put(text.substring(begin, end), places);
            }
            begin = end + 1;
        }
        return table;
    }

    private static RefusalTable read() {
        try (InputStream in = RefusalTable.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is not in the jar");
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The JVM initializes this class when the table is first requested. */
    private static final class Standard {
        private static final RefusalTable TABLE = read();
    }
}
