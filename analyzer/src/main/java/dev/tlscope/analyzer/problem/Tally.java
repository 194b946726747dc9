package dev.tlscope.analyzer.problem;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts by value, in bounded memory: values beyond the first {@link #MOST_VALUES} are counted together. */
public final class Tally {
    private static final int MOST_VALUES = 2_000;
    private static final int MOST_CHARACTERS = 200;

    private final Map<String, long[]> counts = new HashMap<>();
    private long others;

    /**
     * A value and its number of occurrences.
     *
     * @param count at least 1
     */
    public record Entry(String value, long count) {}

    public void add(String value) {
        String key = value.length() <= MOST_CHARACTERS ? value : value.substring(0, MOST_CHARACTERS) + "...";
        long[] count = counts.get(key);
        if (count == null && counts.size() < MOST_VALUES) {
            count = new long[1];
            counts.put(key, count);
        }
        if (count == null) {
            others++;
        } else {
            count[0]++;
        }
    }

    /** Most frequent first, then by value. */
    public List<Entry> entries() {
        return counts.entrySet().stream()
                .map(entry -> new Entry(entry.getKey(), entry.getValue()[0]))
                .sorted(Comparator.comparingLong(Entry::count).reversed().thenComparing(Entry::value))
                .toList();
    }

    /** Number of occurrences of values beyond the limit. */
    public long others() {
        return others;
    }
}
