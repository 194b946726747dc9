package dev.tlscope.analyzer.problem;

import dev.tlscope.analyzer.cause.Actors;
import dev.tlscope.analyzer.finding.Actor;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.Warning;
import dev.tlscope.analyzer.model.CapturedJvms;
import dev.tlscope.analyzer.model.Handshake;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Groups failures by what has to be fixed, over any number of captures, in bounded memory. */
public final class Problems {
    /**
     * Beyond that, failures with one cause are one problem, because a hostile peer could make each of its failures
     * differ.
     */
    private static final int MOST = 1_000;

    /** A problem has ceased when its last failure is further back than this part of the captured period. */
    private static final int PART_OF_TIME = 4;

    private final Map<Remedy, Problem> problems = new LinkedHashMap<>();
    private final CapturedJvms jvms;
    private long completed;
    private long unfinished;
    private long failed;

    /**
     * For captures.
     *
     * @param jvms of these captures; may grow while they are read
     */
    public Problems(CapturedJvms jvms) {
        this.jvms = jvms;
    }

    /** Adds a handshake that failed; returns its problem. */
    public Problem failed(Handshake handshake, Finding finding) {
        failed++;
        Actor actor = Actors.of(finding, handshake.isClient());
        Remedy remedy = Remedy.of(handshake, finding, actor);
        if (problems.size() >= MOST && !problems.containsKey(remedy)) {
            remedy = remedy.rest();
        }
        Problem problem = problems.computeIfAbsent(remedy, any -> new Problem(handshake, finding, actor));
        problem.add(handshake, finding, jvms.of(handshake.file()));
        return problem;
    }

    /** Adds a finding about a whole JVM. */
    public void warned(Warning warning) {
        problems.computeIfAbsent(
                        Remedy.of(warning.finding()), any -> new Problem(warning, Actors.of(warning.finding(), true)))
                .warned(warning, jvms.of(warning.file()));
    }

    /** Counts handshakes that did not fail. */
    public void passed(long thatCompleted, long thatDidNot) {
        completed += thatCompleted;
        unfinished += thatDidNot;
    }

    /**
     * The most urgent first: those that still occurred at the end before those that had ceased, then the most frequent; last what a
     * client gave up at servers of which another problem is known.
     */
    public List<Problem> mostUrgentFirst() {
        long first =
                problems.values().stream().mapToLong(Problem::firstNanos).min().orElse(0);
        long last =
                problems.values().stream().mapToLong(Problem::lastNanos).max().orElse(0);
        long over = last - (last - first) / PART_OF_TIME;
        Set<Problem> abandoned = problems.values().stream()
                .filter(problem -> problems.values().stream().anyMatch(problem::isAbandonedAfter))
                .collect(Collectors.toSet());
        return problems.values().stream()
                .sorted(Comparator.comparing((Problem problem) -> abandoned.contains(problem))
                        .thenComparing(problem -> problem.lastNanos() < over)
                        .thenComparing(Comparator.comparingLong(Problem::count).reversed())
                        .thenComparing(problem -> problem.finding().confidence())
                        .thenComparingLong(Problem::firstNanos))
                .toList();
    }

    public CapturedJvms jvms() {
        return jvms;
    }

    public boolean areNone() {
        return problems.isEmpty();
    }

    public long failed() {
        return failed;
    }

    public long completed() {
        return completed;
    }

    /** Number of handshakes that had neither completed nor failed at the end of the capture. */
    public long unfinished() {
        return unfinished;
    }

    public long all() {
        return failed + completed + unfinished;
    }
}
