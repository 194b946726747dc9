package dev.tlscope.analyzer.render;

import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.Warning;
import dev.tlscope.analyzer.model.CapturedJvm;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Times;
import dev.tlscope.analyzer.problem.CaptureTotals;
import dev.tlscope.analyzer.problem.Problems;
import dev.tlscope.analyzer.problem.TlsInUse;
import dev.tlscope.capture.ConnectionEnding;
import dev.tlscope.tls.AlertDescription;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Text output of each connection, in order of time and in at most fifteen lines; the least important lines that do not fit are left out.
 */
public final class TextReport implements FindingOutput {
    private static final int MOST_LINES = 15;

    private final PrintWriter out;
    private final Style style;
    private final Problems problems;
    private final boolean selected;
    private final TimeOrder order;

    /** What is written of one connection. */
    private final StringWriter entry = new StringWriter();

    private final PrintWriter lines = new PrintWriter(entry);

    /**
     * A report.
     *
     * @param problems counts the failures, and has the JVMs
     * @param selected whether filters excluded something, so that numbers are not those of the captures
     */
    public TextReport(PrintWriter out, Style style, Problems problems, boolean selected) {
        this.out = out;
        this.style = style;
        this.problems = problems;
        this.selected = selected;
        order = new TimeOrder(TimeOrder.ROOM, out::print);
    }

    @Override
    public void failed(Handshake handshake, Finding finding) throws IOException {
        problems.failed(handshake, finding);
        int taken = head(handshake, "");
        taken += indented(style.red(alert(handshake)), alert(handshake), protocol(handshake));
        taken += hang("  ", "  ", place(handshake));
        for (String told : before(handshake)) {
            taken += hang("  ", "  ", told);
        }
        write(finding, taken);
        end(handshake.timeNanos());
    }

    @Override
    public void warned(Warning warning) throws IOException {
        String time = Times.readable(warning.timeNanos());
        int taken = hang(time + "  ", style.bold(time) + "  ", "warning of the whole JVM  " + warning.file());
        write(warning.finding(), taken);
        end(warning.timeNanos());
    }

    @Override
    public void completed(Handshake handshake) throws IOException {
        problems.passed(handshake.completed() ? 1 : 0, handshake.completed() ? 0 : 1);
        head(
                handshake,
                protocol(handshake)
                        + (handshake.completed() ? "  completed" : "  not finished when the capture ended")
                        + ending(handshake)
                        + "  "
                        + place(handshake));
        before(handshake).forEach(told -> hang("  ", "  ", told));
        end(handshake.timeNanos());
    }

    /** Writes at once, and without a line about the connection, why one failed that is shown otherwise. */
    public void explain(Handshake handshake, Finding finding) {
        int taken = indented(style.red(alert(handshake)), alert(handshake), protocol(handshake));
        write(finding, taken);
        lines.flush();
        out.print(entry);
        entry.getBuffer().setLength(0);
    }

    /** Ends what is written of a connection. */
    private void end(long timeNanos) throws IOException {
        lines.flush();
        order.add(timeNanos, entry.toString());
        entry.getBuffer().setLength(0);
    }

    /** Where {@code show} finds it. */
    private static String place(Handshake handshake) {
        return "connection " + handshake.connection() + " of " + handshake.file();
    }

    /** How the connection ended later, where it was not by close_notify; empty where it was, or is not known. */
    static String ending(Handshake handshake) {
        ConnectionEnding ending = handshake.result().ending();
        return ending == null ? "" : ", later " + ending.words();
    }

    @Override
    public void passed(long completed, long unfinished) {
        problems.passed(completed, unfinished);
    }

    @Override
    public void end() throws IOException {
        order.end();
        style.wrap(0, CaptureTotals.sentence(problems, selected)).forEach(out::println);
        for (String sentence : TlsInUse.sentences(problems)) {
            style.wrap(0, PrintableText.of(sentence)).forEach(out::println);
        }
        out.flush();
    }

    private int head(Handshake handshake, String more) {
        String time = Times.readable(handshake.timeNanos());
        return hang(
                time + "  ",
                handshake.failed() ? style.bold(time) + "  " : time + "  ",
                handshake.role() + " " + who(handshake) + more);
    }

    /** What happened before the capture, and the JVM if there are several. */
    private List<String> before(Handshake handshake) {
        List<String> told = new ArrayList<>(BeforeCapture.of(handshake));
        CapturedJvm jvm = problems.jvms().of(handshake.file());
        if (jvm != null && problems.jvms().areSeveral()) {
            told.add("in: " + jvm);
        }
        return told;
    }

    /** @param taken number of lines already used */
    private void write(Finding finding, int taken) {
        String id = finding.cause().id();
        String lead = id + " (" + finding.confidence().name().toLowerCase(Locale.ROOT) + "): ";
        List<String> sentence = style.wrap(4, lead + PrintableText.of(finding.summary()));
        for (int at = 0; at < sentence.size(); at++) {
            String line = sentence.get(at);
            lines.println(
                    at > 0
                            ? "    " + style.bold(line)
                            : line.startsWith(lead)
                                    ? "  " + style.red(id) + lead.substring(id.length())
                                            + style.bold(line.substring(lead.length()))
                                    : "  " + line);
        }
        List<List<String>> fixes = finding.fix().stream()
                .map(step -> style.hang("  fix: ", "  " + style.green("fix: "), PrintableText.of(step)))
                .toList();
        int room = MOST_LINES - taken - sentence.size() - (finding.candidates().isEmpty() ? 0 : 1);
        room -= fixes.stream().mapToInt(List::size).sum();
        for (Evidence fact : finding.evidence()) {
            String what = "    " + fact.what() + ": ";
            List<String> told = style.hang(what, what, PrintableText.of(fact.value()));
            if (told.size() > room) {
                break;
            }
            room -= told.size();
            told.forEach(lines::println);
        }
        if (!finding.candidates().isEmpty()) {
            hang(
                    "  or ",
                    "  or ",
                    finding.candidates().stream()
                            .map(other -> other.cause().id() + " (" + other.decides() + ")")
                            .collect(Collectors.joining(", ")));
        }
        fixes.forEach(fix -> fix.forEach(lines::println));
        lines.println();
    }

    private int hang(String lead, String painted, String text) {
        List<String> told = style.hang(lead, painted, PrintableText.of(text));
        told.forEach(lines::println);
        return told.size();
    }

    private int indented(String painted, String lead, String text) {
        return hang("  " + lead, "  " + painted, text);
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
                + (handshake.serverName() == null ? "" : " [" + PrintableText.of(handshake.serverName()) + "]");
    }

    private static String protocol(Handshake handshake) {
        return text(handshake.protocol()) + text(handshake.cipherSuite());
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : "  " + value;
    }
}
