package dev.tlscope.agent.outcome;

/** Failures that have error.type, role and, of a client, the host asked for in common. Immutable: a snapshot. */
public final class RepeatedFailure {
    private final OutcomeReport latest;
    private final long count;
    private final long firstNanos;

    RepeatedFailure(OutcomeReport latest, long count, long firstNanos) {
        this.latest = latest;
        this.count = count;
        this.firstNanos = firstNanos;
    }

    /** The failure that came last. */
    public OutcomeReport latest() {
        return latest;
    }

    /** How many there were since the attach. */
    public long count() {
        return count;
    }

    /** Time of the first, nanoseconds since 1970-01-01T00:00:00Z. */
    public long firstNanos() {
        return firstNanos;
    }

    /** True of the first failure of its problem. */
    public boolean isNew() {
        return count == 1;
    }

    RepeatedFailure again(OutcomeReport report) {
        return new RepeatedFailure(report, count + 1, firstNanos);
    }

    /** What failures of one problem have in common. */
    public static String key(OutcomeReport report) {
        return report.text(OutcomeName.ERROR_TYPE)
                + '|'
                + report.text(OutcomeName.ROLE)
                + '|'
                + report.text(OutcomeName.SERVER_ADDRESS);
    }
}
