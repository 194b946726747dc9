package dev.tlscope.analyzer.render;

import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Times;
import dev.tlscope.analyzer.protection.RecordCheck;
import dev.tlscope.analyzer.schedule.Check;
import dev.tlscope.analyzer.schedule.Check.Verdict;
import dev.tlscope.analyzer.schedule.SecretRedaction;
import dev.tlscope.analyzer.verify.Verification;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Text output of {@code verify}: one line per value, captured and computed, with the differences first. */
public final class TextVerification implements VerificationReport {
    private final PrintWriter out;
    private final Style style;
    private final SecretRedaction shown;
    private long connections;
    private long different;
    private long partial;

    public TextVerification(PrintWriter out, Style style, SecretRedaction shown) {
        this.out = out;
        this.style = style;
        this.shown = shown;
    }

    @Override
    public void verified(Verification verification) {
        Handshake handshake = verification.handshake();
        connections++;
        out.println(style.bold(Times.readable(handshake.timeNanos())) + "  " + handshake.role() + " "
                + TextReport.who(handshake) + orNothing(handshake.protocol()) + orNothing(handshake.cipherSuite()));
        for (Check check : verification.checks()) {
            out.println("  " + mark(check.verdict()) + "  " + check.name() + values(check) + detail(check.detail()));
        }
        records(verification.records());
        if (verification.firstDifference().isPresent()) {
            different++;
            out.println("  "
                    + style.red("first difference: "
                            + verification.firstDifference().get()));
        } else {
            partial += verification.isPartial() ? 1 : 0;
            out.println(style.green(
                    verification.isPartial() ? "  nothing differs; not all could be checked" : "  all of it verifies"));
        }
        out.println();
    }

    @Override
    public void end() {
        out.println(connections + " connections: " + (connections - different - partial) + " verified, " + partial
                + " in part, " + different + " with a difference");
        out.flush();
    }

    private void records(List<RecordCheck> records) {
        if (records.isEmpty()) {
            return;
        }
        out.println("  " + count(records, Verdict.VERIFIED) + " records verify, " + count(records, Verdict.DIFFERS)
                + " do not, " + count(records, Verdict.UNCHECKED) + " could not be checked, "
                + count(records, Verdict.GIVEN) + " are plain text");
        for (RecordCheck record : records) {
            if (record.verdict() == Verdict.DIFFERS || record.verdict() == Verdict.UNCHECKED) {
                out.println("  " + mark(record.verdict()) + "  record " + record.number()
                        + (record.sent() ? " sent" : " received") + ", epoch " + record.epoch() + ", sequence "
                        + record.sequence() + ", " + record.record().length + " bytes" + detail(record.detail()));
            }
        }
    }

    private String values(Check check) {
        String captured = shown.value(check.captured(), check.secret());
        String computed = shown.value(check.computed(), check.secret());
        if (check.verdict() == Verdict.DIFFERS && captured != null) {
            return "  captured " + captured + "  computed " + computed + "  differ from byte "
                    + check.firstDifference();
        }
        return captured != null ? "  " + captured : computed != null ? "  " + computed : "";
    }

    private static String detail(String detail) {
        return detail.isEmpty() ? "" : "  (" + PrintableText.of(detail) + ")";
    }

    private String mark(Verdict verdict) {
        String name = String.format("%-9s", verdict.name().toLowerCase(Locale.ROOT));
        return switch (verdict) {
            case VERIFIED -> style.green(name);
            case DIFFERS -> style.red(name);
            default -> name;
        };
    }

    private static long count(List<RecordCheck> records, Verdict verdict) {
        return records.stream().filter(record -> record.verdict() == verdict).count();
    }

    private static String orNothing(@org.jspecify.annotations.Nullable String text) {
        return text == null ? "" : "  " + text;
    }
}
