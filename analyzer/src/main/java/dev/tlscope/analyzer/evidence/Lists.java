package dev.tlscope.analyzer.evidence;

import java.util.List;

/** Lists in the text of a finding. */
public final class Lists {
    private static final int FEW = 6;

    private Lists() {}

    /** The first few of a list, and the number of the others. */
    public static String few(List<String> values) {
        return few(values, FEW);
    }

    /** At most that many of the first elements of a list, and the number of the others. */
    public static String few(List<String> values, int most) {
        if (values.isEmpty()) {
            return "none";
        }
        String shown = String.join(", ", values.subList(0, Math.min(most, values.size())));
        return values.size() <= most ? shown : shown + " and " + (values.size() - most) + " more";
    }
}
