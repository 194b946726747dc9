package dev.tlscope.demo.cli;

import java.util.Collection;
import java.util.Locale;

/** What somebody who mistyped a name may have meant. */
public final class MistypedName {
    private static final int LONGEST_LIST = 16;

    private MistypedName() {}

    /** {@code unknown fault key-missmatch; did you mean key-mismatch?}, or the list of names when none is near. */
    public static String message(String what, String given, Collection<String> known) {
        String nearest = "";
        int least = Integer.MAX_VALUE;
        for (String name : known) {
            int distance = distance(given.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
            if (distance < least) {
                least = distance;
                nearest = name;
            }
        }
        // A third of the letters wrong is still a slip; more is another word.
        boolean near = least <= Math.max(2, given.length() / 3);
        String unknown = "unknown " + what + " " + given + "; ";
        if (near) {
            return unknown + "did you mean " + nearest + "?";
        }
        return unknown
                + (known.size() > LONGEST_LIST
                        ? "the nearest of " + known.size() + " is " + nearest
                        : "known: " + String.join(", ", known));
    }

    /** Levenshtein distance, two rows at a time. */
    private static int distance(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j < above.length; j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[above.length];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[b.length()];
    }
}
