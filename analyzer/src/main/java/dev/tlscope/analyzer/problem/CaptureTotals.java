package dev.tlscope.analyzer.problem;

import dev.tlscope.analyzer.model.HandshakeCounts;
import dev.tlscope.analyzer.model.Times;
import java.util.Locale;
import java.util.Optional;

/** The numbers of connections. If a capture contains only failures, its connections do not show the total. */
public final class CaptureTotals {
    private CaptureTotals() {}

    /**
     * The sentence.
     *
     * @param selected whether filters left something out
     */
    public static String sentence(Problems problems, boolean selected) {
        if (selected) {
            return problems.failed() == 0
                    ? "no failed handshake among the connections that were selected"
                    : count(problems.failed(), "failed connection") + " of those that were selected";
        }
        if (problems.jvms().leaveOutCompleted()) {
            return (problems.failed() == 0 ? "no failed handshake" : count(problems.failed(), "failed connection"))
                    + ". " + notKept(problems);
        }
        if (problems.all() == 0) {
            return "no failed handshake was captured";
        }
        return problems.failed() == 0
                ? String.format(Locale.ROOT, "no failed handshake in %,d connections", problems.all())
                : String.format(
                        Locale.ROOT,
                        "%,d failed of %,d connections captured (%,d completed, %,d unfinished)",
                        problems.failed(),
                        problems.all(),
                        problems.completed(),
                        problems.unfinished());
    }

    /** What is known of the completed handshakes where they were not kept. */
    public static String notKept(Problems problems) {
        Optional<HandshakeCounts> counted = problems.jvms().counted();
        if (counted.isEmpty()) {
            return "Completed handshakes were not kept (keep=failures), and how many there were is not known.";
        }
        HandshakeCounts counts = counted.get();
        return String.format(
                        Locale.ROOT,
                        "Completed handshakes were not kept (keep=failures); until %s the agent counted %,d connections:"
                                + " %,d completed their handshake, and %,d failed.",
                        Times.toSecond(counts.timeNanos()),
                        counts.connections(),
                        counts.completed(),
                        counts.failed())
                + (counts.repeated() == 0
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                " %,d of the failed are not in the capture: each kind of failure is written 1,000 times, and then"
                                        + " once a minute.",
                                counts.repeated()))
                + (counts.dropped() == 0
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                " %,d events were dropped for lack of room and are missing.",
                                counts.dropped()));
    }

    private static String count(long count, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
    }
}
