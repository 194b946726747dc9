package dev.tlscope.analyzer.render;

import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Times;
import dev.tlscope.tls.AlertDescription;
import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A line per handshake as it ends, the cause under a failure, and on a terminal a last line with the rates, which stays at
 * the bottom.
 */
public final class LiveReport {
    private static final long MINUTE_NANOS = 60_000_000_000L;
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean terminal;
    private final boolean colour;
    private final boolean failuresOnly;
    private final ArrayDeque<Long> lastMinute = new ArrayDeque<>();
    private long completed;
    private long failed;
    private long ended;

    /**
     * A report on a stream.
     *
     * @param terminal whether a last line can be overwritten
     */
    public LiveReport(PrintWriter out, boolean terminal, boolean colour, boolean failuresOnly) {
        this.out = out;
        this.terminal = terminal;
        this.colour = colour;
        this.failuresOnly = failuresOnly;
    }

    /**
     * Prints a handshake that ended.
     *
     * @param finding the cause of its failure; null if it did not fail
     * @param now time in monotonic nanoseconds
     */
    public void ended(Handshake handshake, @Nullable Finding finding, long now) {
        if (handshake.ending() != null) {
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
            clearRates();
            out.println(line(handshake));
            if (finding != null) {
                cause(finding);
            }
        }
    }

    /** Prints a line about the watch itself. */
    public void note(String line) {
        clearRates();
        out.println(TextReport.printable(line));
    }

    /** Renews the last line, and lets all be seen. */
    public void rates(long now) {
        while (!lastMinute.isEmpty() && lastMinute.getFirst() < now - MINUTE_NANOS) {
            lastMinute.removeFirst();
        }
        if (terminal) {
            out.print(CLEAR_LINE
                    + String.format(
                            Locale.ROOT,
                            "%d completed, %d failed, %d ended without close_notify; %.1f a second over the last minute",
                            completed,
                            failed,
                            ended,
                            lastMinute.size() / 60.0));
        }
        out.flush();
    }

    private void clearRates() {
        if (terminal) {
            out.print(CLEAR_LINE);
        }
    }

    private String line(Handshake handshake) {
        StringBuilder line = new StringBuilder(Times.ofDay(handshake.timeNanos()))
                .append("  ")
                .append(handshake.role())
                .append(' ')
                .append(TextReport.who(handshake));
        word(line, handshake.protocol());
        word(line, handshake.cipherSuite());
        handshake.applicationProtocol().ifPresent(protocol -> word(line, protocol));
        OptionalLong duration = handshake.durationNanos();
        if (duration.isPresent()) {
            word(line, String.format(Locale.ROOT, "%.1f ms", duration.getAsLong() / 1e6));
        }
        word(
                line,
                handshake.failed()
                        ? paint("1;31", failure(handshake))
                        : paint("32", "completed") + TextReport.ending(handshake));
        return line.toString();
    }

    private static String failure(Handshake handshake) {
        return "failed, "
                + (handshake.alert() < 0
                        ? "no alert"
                        : (handshake.alertReceived() ? "received " : "raised ")
                                + AlertDescription.nameOf(handshake.alert()));
    }

    private void cause(Finding finding) {
        out.println("    " + paint("1;31", finding.cause().id()) + " ("
                + finding.confidence().name().toLowerCase(Locale.ROOT) + "): "
                + TextReport.printable(finding.summary()));
        for (String step : finding.fix()) {
            out.println("    " + paint("32", "fix: ") + TextReport.printable(step));
        }
    }

    private static void word(StringBuilder line, @org.jspecify.annotations.Nullable String word) {
        if (word != null) {
            line.append("  ").append(word);
        }
    }

    private String paint(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
