package dev.tlscope.analyzer.group;

import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Failures counted by cause, over any number of captures, in memory that does not grow with them. */
public final class Groups {
    private final Map<String, Group> groups = new TreeMap<>();
    private long completed;
    private long unfinished;
    private long failed;

    /** Takes a handshake that failed. */
    public void failed(Handshake handshake, Finding finding) {
        failed++;
        groups.computeIfAbsent(finding.cause().id() + " " + finding.confidence(), key -> new Group(handshake, finding))
                .add(handshake);
    }

    /** Counts some that did not. */
    public void passed(long thatCompleted, long thatDidNot) {
        completed += thatCompleted;
        unfinished += thatDidNot;
    }

    /** Most frequent first. */
    public List<Group> groups() {
        return groups.values().stream()
                .sorted(Comparator.comparingLong(Group::count).reversed())
                .toList();
    }

    public long failed() {
        return failed;
    }

    public long completed() {
        return completed;
    }

    /** Neither completed nor failed when the capture ended. */
    public long unfinished() {
        return unfinished;
    }

    public long all() {
        return failed + completed + unfinished;
    }
}
