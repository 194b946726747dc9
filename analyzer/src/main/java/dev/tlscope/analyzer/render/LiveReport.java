package dev.tlscope.analyzer.render;

import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Times;
import dev.tlscope.analyzer.problem.Problem;
import dev.tlscope.analyzer.problem.Problems;
import dev.tlscope.tls.AlertDescription;
import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A line per handshake as it ends; under a failure its problem, in full when it is a new one, and in a line when it came before.
 * On a terminal a last line, which stays at the bottom, has the counts.
 */
public final class LiveReport {
    private static final long MINUTE_NANOS = 60_000_000_000L;
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean terminal;
    private final Style style;
    private final boolean failuresOnly;
    private final Problems problems;
    private final Set<Problem> shown = new HashSet<>();
    private final ArrayDeque<Long> lastMinute = new ArrayDeque<>();
    private long completed;
    private long failed;
    private long ended;

    /**
     * A report on a stream.
     *
     * @param terminal whether the last line can be overwritten
     * @param problems sorts the failures
     */
    public LiveReport(PrintWriter out, boolean terminal, Style style, boolean failuresOnly, Problems problems) {
        this.out = out;
        this.terminal = terminal;
        this.style = style;
        this.failuresOnly = failuresOnly;
        this.problems = problems;
    }

    /**
     * Prints a handshake that ended.
     *
     * @param finding the cause of its failure; null if it did not fail
     * @param now time in monotonic nanoseconds
     */
    public void ended(Handshake handshake, @Nullable Finding finding, long now) {
        if (handshake.result().ending() != null) {
            ended++; // its handshake was shown before
        } else {
            lastMinute.addLast(now);
            if (handshake.failed()) {
                failed++;
            } else {
                completed++;
            }
        }
        if (handshake.failed() || !failuresOnly) {
            clear();
            line(handshake);
            if (finding != null) {
                problem(problems.failed(handshake, finding), finding);
            }
        }
    }

    /** Prints a line about the watch itself. */
    public void note(String line) {
        clear();
        style.wrap(0, PrintableText.of(line)).forEach(out::println);
    }

    /** Renews the last line with the rate, and lets all be seen. */
    public void rates(long now) {
        while (!lastMinute.isEmpty() && lastMinute.getFirst() < now - MINUTE_NANOS) {
            lastMinute.removeFirst();
        }
        last((completed == 0 ? "" : completed + " completed, ")
                + failed
                + " failed, "
                + (ended == 0 ? "" : ended + " ended without close_notify, ")
                + String.format(Locale.ROOT, "%.1f a second over the last minute", lastMinute.size() / 60.0));
    }

    /** Renews the last line with the time that is left, and lets all be seen. */
    public void left(long seconds) {
        last(String.format(
                Locale.ROOT,
                "%d failed connections, %d problems; %d s left",
                failed,
                shown.size(),
                Math.max(0, seconds)));
    }

    /** Takes the last line away. */
    public void clear() {
        if (terminal) {
            out.print(CLEAR_LINE);
            out.flush();
        }
    }

    private void last(String line) {
        if (terminal) {
            // a line that the terminal wraps cannot be cleared
            int room = style.width() == 0 ? line.length() : Math.min(line.length(), style.width() - 1);
            out.print(CLEAR_LINE + line.substring(0, room));
        }
        out.flush();
    }

    private void line(Handshake handshake) {
        StringBuilder line = new StringBuilder(handshake.role()).append(' ').append(TextReport.who(handshake));
        word(line, handshake.protocol());
        word(line, handshake.cipherSuite());
        handshake.applicationProtocol().ifPresent(protocol -> word(line, protocol));
        OptionalLong duration = handshake.durationNanos();
        if (duration.isPresent()) {
            word(line, String.format(Locale.ROOT, "%.1f ms", duration.getAsLong() / 1e6));
        }
        String outcome = handshake.failed() ? failure(handshake) : "completed" + TextReport.ending(handshake);
        word(line, outcome);
        String time = Times.ofDay(handshake.timeNanos()) + "  ";
        for (String folded : style.hang(time, time, PrintableText.of(line.toString()))) {
            int at = folded.length() - outcome.length();
            out.println(
                    !folded.endsWith(outcome)
                            ? folded
                            : folded.substring(0, at)
                                    + (handshake.failed() ? style.red(outcome) : style.green(outcome)));
        }
    }

    private static String failure(Handshake handshake) {
        return "failed, "
                + (handshake.alert() < 0
                        ? "no alert"
                        : (handshake.alertReceived() ? "received " : "raised ")
                                + AlertDescription.nameOf(handshake.alert()));
    }

    private void problem(Problem problem, Finding finding) {
        String id = finding.cause().id();
        if (!shown.add(problem)) {
            out.println("    again, " + problem.count() + " times now: " + id);
            if (shown.stream()
                            .filter(one -> one.finding().cause().id().equals(id))
                            .count()
                    > 1) {
                String sentence = PrintableText.of(finding.summary());
                style.hang("    ", "    ", sentence).forEach(out::println);
            }
            return;
        }
        String sure = " (" + finding.confidence().name().toLowerCase(Locale.ROOT) + "): ";
        boolean first = true;
        for (String line : style.wrap(4, id + sure + PrintableText.of(finding.summary()))) {
            out.println("    " + (first ? style.red(id) + line.substring(id.length()) : line));
            first = false;
        }
        out.println("    who must act: " + problem.whoMustAct());
        for (String step : finding.fix()) {
            style.hang("    fix: ", "    " + style.green("fix: "), PrintableText.of(step))
                    .forEach(out::println);
        }
    }

    private static void word(StringBuilder line, @Nullable String word) {
        if (word != null) {
            line.append("  ").append(word);
        }
    }
}
