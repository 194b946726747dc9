package dev.tlscope.analyzer.render;

import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.group.Group;
import dev.tlscope.analyzer.group.Groups;
import dev.tlscope.analyzer.group.Tally;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Times;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** For people: a paragraph per cause, the most frequent first. */
public final class GroupText implements FindingOutput {
    private static final int FEW = 5;

    private final PrintWriter out;
    private final boolean colour;
    private final Groups groups = new Groups();

    public GroupText(PrintWriter out, boolean colour) {
        this.out = out;
        this.colour = colour;
    }

    @Override
    public void failed(Handshake handshake, Finding finding) {
        groups.failed(handshake, finding);
    }

    @Override
    public void completed(Handshake handshake) {
        groups.passed(handshake.completed() ? 1 : 0, handshake.completed() ? 0 : 1);
    }

    @Override
    public void passed(long completed, long unfinished) {
        groups.passed(completed, unfinished);
    }

    @Override
    public void end() {
        groups.groups().forEach(this::write);
        if (groups.failed() == 0) {
            out.println(String.format(Locale.ROOT, "no failed handshake in %,d connections", groups.all()));
        } else {
            out.println(String.format(
                    Locale.ROOT,
                    "%,d failed of %,d connections captured (%,d completed, %,d unfinished)",
                    groups.failed(),
                    groups.all(),
                    groups.completed(),
                    groups.unfinished()));
        }
        out.flush();
    }

    private void write(Group group) {
        Finding finding = group.example();
        out.println(paint("1", number(group.count())) + "  "
                + paint("1;31", finding.cause().id()) + " ("
                + finding.confidence().name().toLowerCase(Locale.ROOT) + ")  " + Times.readable(group.firstNanos())
                + (group.count() == 1 ? "" : " to " + Times.readable(group.lastNanos())));
        write(group.peers());
        write(group.certificates());
        out.println(indented("first: " + TextReport.printable(finding.summary())));
        out.println(indented(TextReport.printable(group.file() + ", connection " + group.connection())));
        for (String step : finding.fix()) {
            out.println(indented(paint("32", "fix: ") + TextReport.printable(step)));
        }
        out.println();
    }

    private void write(Tally tally) {
        List<Tally.Entry> entries = tally.entries();
        long rest = tally.others();
        for (Tally.Entry entry : entries.subList(Math.min(FEW, entries.size()), entries.size())) {
            rest += entry.count();
        }
        for (Tally.Entry entry : entries.subList(0, Math.min(FEW, entries.size()))) {
            out.println(indented(number(entry.count()) + "  " + TextReport.printable(entry.value())));
        }
        if (rest > 0) {
            out.println(indented(number(rest) + "  others"));
        }
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,9d", count);
    }

    private static String indented(String line) {
        return "           " + line;
    }

    private String paint(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
