package dev.tlscope.analyzer.render;

import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.Warning;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Times;
import dev.tlscope.capture.ConnectionEnding;
import dev.tlscope.tls.AlertDescription;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** For people: at most fifteen lines a failure, the most important first. */
public final class TextReport implements FindingOutput {
    private static final int MOST_LINES = 15;

    private final PrintWriter out;
    private final boolean colour;
    private long connections;
    private long failures;

    public TextReport(PrintWriter out, boolean colour) {
        this.out = out;
        this.colour = colour;
    }

    @Override
    public void failed(Handshake handshake, Finding finding) {
        connections++;
        failures++;
        out.println(bold(Times.readable(handshake.timeNanos())) + "  " + handshake.role() + " " + who(handshake));
        out.println("  " + red(alert(handshake)) + protocol(handshake));
        List<String> before = BeforeCapture.of(handshake);
        before.forEach(told -> out.println("  " + told));
        write(finding, before.size());
    }

    @Override
    public void warned(Warning warning) {
        out.println(bold(Times.readable(warning.timeNanos())) + "  warning of the whole JVM  "
                + printable(warning.file().toString()));
        write(warning.finding(), 0);
    }

    @Override
    public void completed(Handshake handshake) {
        connections++;
        out.println(Times.readable(handshake.timeNanos()) + "  " + handshake.role() + " " + who(handshake)
                + protocol(handshake)
                + (handshake.completed() ? "  completed" : "  not finished when the capture ended")
                + ending(handshake));
        BeforeCapture.of(handshake).forEach(told -> out.println("  " + told));
    }

    /** How the connection ended later, where it was not by close_notify; empty where it was, or is not known. */
    static String ending(Handshake handshake) {
        ConnectionEnding ending = handshake.ending();
        return ending == null ? "" : ", later " + ending.words();
    }

    @Override
    public void passed(long completed, long unfinished) {
        connections += completed + unfinished;
    }

    @Override
    public void end() {
        if (failures == 0) {
            out.println("no failed handshake in " + connections + " connections");
        } else {
            out.println(failures + " failed of " + connections + " connections captured");
        }
        out.flush();
    }

    /** @param taken lines that are used already */
    private void write(Finding finding, int taken) {
        out.println("  " + red(finding.cause().id()) + " ("
                + finding.confidence().name().toLowerCase(Locale.ROOT) + "): " + bold(printable(finding.summary())));
        int candidates = finding.candidates().isEmpty() ? 0 : 1;
        int room = MOST_LINES - 4 - candidates - finding.fix().size() - taken;
        for (Evidence fact : finding.evidence()
                .subList(0, Math.max(0, Math.min(room, finding.evidence().size())))) {
            out.println("    " + fact.what() + ": " + printable(fact.value()));
        }
        if (candidates > 0) {
            out.println("  or "
                    + finding.candidates().stream()
                            .map(other -> other.cause().id() + " (" + printable(other.decides()) + ")")
                            .collect(Collectors.joining(", ")));
        }
        for (String step : finding.fix()) {
            out.println("  " + green("fix: ") + printable(step));
        }
        out.println();
    }

    static String alert(Handshake handshake) {
        return handshake.alert() < 0
                ? "ended without an alert"
                : (handshake.alertReceived() ? "received " : "raised ") + AlertDescription.nameOf(handshake.alert());
    }

    static String who(Handshake handshake) {
        String peer = handshake.peer();
        String local = handshake.local();
        return (local == null ? "(address not known)" : local)
                + (handshake.isClient() ? " -> " : " <- ")
                + (peer == null ? "(address not known)" : peer)
                + (handshake.serverName() == null ? "" : " [" + printable(handshake.serverName()) + "]");
    }

    private static String protocol(Handshake handshake) {
        return text(handshake.protocol()) + text(handshake.cipherSuite());
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : "  " + value;
    }

    /** A capture is not to be trusted: what it says must not steer the terminal. */
    static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    private String bold(String text) {
        return ansi("1", text);
    }

    private String red(String text) {
        return ansi("1;31", text);
    }

    private String green(String text) {
        return ansi("32", text);
    }

    private String ansi(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
