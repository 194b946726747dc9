package dev.tlscope.agent.weave;

import dev.tlscope.agent.weave.HookShape.Fit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code src/it/results/hooks.md}: the hook table, and a column per JDK with the hooks' places that it has. */
final class HookDocument {
    static final List<Integer> VERSIONS = List.of(8, 11, 17, 21, 25, 26, 27, 28);

    /** Those that {@code src/build/fetch-jdks.sh} can fetch. */
    static final List<Integer> RELEASED = VERSIONS.subList(0, 6);

    /** A hook that was never compared with a JDK. */
    static final String NOT_CHECKED = "not checked";

    private static final String BEFORE = """
            # Hooks, and which JDK has them

            `mvn -Pdocs verify` makes this page from the hook table and the class files of the JDKs below `TLSCOPE_JDKS`; the
            column of a missing JDK stays unchanged. `not checked`: the hook is newer than the last build of that early-access JDK
            that was at hand; nobody has looked.

            A letter is the place below that is woven in that JDK; several letters are woven together. Absent: `no class`,
            `no method` of that name, `other descriptor`, or `no call` of the method that the hook is at. `tlscope status` shows the
            same for the JDK of a running JVM, and the hooks that its options leave out. A hook is absent if the JDK lacks a
            feature: DTLS in 8, exporters before 25, the hybrid groups' KEM where `shared-decapsulated` is missing; or if its code
            differs: instead of `stream-*`, `socket-*` is used from 21 on.

            """;

    private final Map<String, List<HookShape>> shapes;
    private final Map<String, List<HookShape>> foreign;

    HookDocument(List<Hook> table) {
        // a hook for the classes of applications is in no JDK
        this.shapes =
                HookShape.byId(table.stream().filter(hook -> !hook.inSubclasses).toList());
        this.foreign =
                HookShape.byId(table.stream().filter(hook -> hook.inSubclasses).toList());
    }

    /** What a JDK has of each hook, by id: the letters of its places, or why it has none. */
    Map<String, String> column(JdkClasses jdk) {
        Map<String, String> column = new LinkedHashMap<>();
        shapes.forEach((id, places) -> column.put(id, cell(places, jdk)));
        return column;
    }

    /** The columns that a document has, by version; empty for a document without the table. */
    static Map<Integer, Map<String, String>> columns(String document) {
        Map<Integer, Map<String, String>> columns = new TreeMap<>();
        for (String line : document.lines().toList()) {
            String[] cells = line.split("\\|", -1);
            if (line.startsWith("| `") && cells.length == VERSIONS.size() + 3) {
                for (int i = 0; i < VERSIONS.size(); i++) {
                    columns.computeIfAbsent(VERSIONS.get(i), version -> new LinkedHashMap<>())
                            .put(cells[1].strip().replace("`", ""), cells[i + 2].strip());
                }
            }
        }
        return columns;
    }

    /** The whole document. */
    String text(Map<Integer, Map<String, String>> columns) {
        StringBuilder text = new StringBuilder(BEFORE);
        text.append("| hook |");
        VERSIONS.forEach(version -> text.append(" ").append(version).append(" |"));
        text.append("\n|---|").append("---|".repeat(VERSIONS.size())).append("\n");
        for (String id : shapes.keySet()) {
            text.append("| `").append(id).append("` |");
            for (int version : VERSIONS) {
                String cell = columns.getOrDefault(version, Map.of()).getOrDefault(id, NOT_CHECKED);
                text.append(" ").append(cell).append(" |");
            }
            text.append("\n");
        }
        text.append("\n## Places\n\n| hook | | method | where | woven |\n|---|---|---|---|---|\n");
        places(text, shapes);
        places(text, foreign);
        return text.toString();
    }

    private static void places(StringBuilder text, Map<String, List<HookShape>> shown) {
        shown.forEach((id, places) -> {
            for (int i = 0; i < places.size(); i++) {
                HookShape shape = places.get(i);
                text.append("| `" + id + "` | " + letter(i) + " | `" + shape.place() + "` | " + shape.where() + " | "
                        + when(shape.hook()) + " |\n");
            }
        });
    }

    private static String when(Hook hook) {
        if (!hook.setting.isEmpty()) {
            return "with " + hook.setting;
        }
        if (hook.inSubclasses) {
            return "in the subclasses of applications";
        }
        return hook.onDemand ? "once an SSLEngine is used" : "always";
    }

    private static String cell(List<HookShape> places, JdkClasses jdk) {
        List<String> letters = new ArrayList<>();
        List<Fit> fits = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            HookShape shape = places.get(i);
            Fit fit = shape.fit(jdk.bytes(shape.hook().className()));
            fits.add(fit);
            if (fit == Fit.FITS) {
                letters.add(letter(i));
            }
        }
        Fit furthest = fits.stream().max(Comparator.naturalOrder()).orElseThrow();
        return letters.isEmpty() ? "absent: " + furthest.reason : String.join(" ", letters);
    }

    private static String letter(int index) {
        return String.valueOf((char) ('a' + index));
    }
}
