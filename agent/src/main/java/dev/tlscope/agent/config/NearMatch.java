package dev.tlscope.agent.config;

import java.util.Collection;
import java.util.Locale;

/** Finds the word that a mistyped one was probably meant to be. */
public final class NearMatch {
    private static final int FARTHEST = 3;

    private NearMatch() {}

    /** {@code " (did you mean 'x'?)"}, or an empty text when no candidate is similar. */
    public static String hint(String word, Collection<String> candidates) {
        String best = "";
        int least = FARTHEST + 1;
        for (String candidate : candidates) {
            int distance = distance(word.toLowerCase(Locale.ROOT), candidate);
            if (distance < least && distance < candidate.length()) {
                least = distance;
                best = candidate;
            }
        }
        return best.isEmpty() ? "" : " (did you mean '" + best + "'?)";
    }

    /** The Levenshtein distance: insertions, deletions and replacements from one to the other. */
    private static int distance(String one, String other) {
        int[] previous = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] current = new int[other.length() + 1];
            current[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = previous[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[other.length()];
    }
}
