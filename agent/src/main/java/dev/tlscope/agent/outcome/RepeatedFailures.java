package dev.tlscope.agent.outcome;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The problems since the attach, the latest hundred: a client that asks for ever new hosts does not fill the memory. */
public final class RepeatedFailures {
    private static final int MOST = 100;

    /** By key, the one that failed longest ago first. */
    private final Map<String, RepeatedFailure> byKey = new LinkedHashMap<>(16, 0.75f, true);

    /** Counts a failure; returns its problem as it is now. */
    public synchronized RepeatedFailure add(OutcomeReport report) {
        String key = RepeatedFailure.key(report);
        RepeatedFailure known = byKey.get(key);
        RepeatedFailure now = known == null ? new RepeatedFailure(report, 1, report.endNanos()) : known.again(report);
        byKey.put(key, now);
        if (byKey.size() > MOST) {
            byKey.remove(byKey.keySet().iterator().next());
        }
        return now;
    }

    /** All, the one that failed last at the end. */
    public synchronized List<RepeatedFailure> all() {
        return new ArrayList<>(byKey.values());
    }
}
