package dev.tlscope.analyzer.golden;

import dev.tlscope.analyzer.cause.Causes;
import dev.tlscope.analyzer.compare.Comparison;
import dev.tlscope.analyzer.compare.ConnectionPair;
import dev.tlscope.analyzer.compare.Difference;
import dev.tlscope.analyzer.finding.Candidate;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.Warning;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.protection.RecordCheck;
import dev.tlscope.analyzer.schedule.Check;
import dev.tlscope.analyzer.schedule.Check.Verdict;
import dev.tlscope.analyzer.verify.Verification;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All findings for a family's handshakes, for people to read and for the next run to compare: one block per answer,
 * below the handshakes that have it.
 */
final class GoldenText {
    private static final String INDENT = "    ";

    private final List<GoldenCapture.CapturedHandshake> connections;
    private final Map<String, List<String>> blocks = new LinkedHashMap<>();

    private GoldenText(List<GoldenCapture.CapturedHandshake> connections) {
        this.connections = connections;
    }

    /** The findings for these connections in order, unmasked. */
    static String of(List<GoldenCapture.CapturedHandshake> connections) {
        GoldenText text = new GoldenText(connections);
        StringBuilder all = new StringBuilder();
        for (GoldenCapture.CapturedHandshake connection : connections) {
            all.append(text.block(connection.handshake())).append('\n');
        }
        return all.toString();
    }

    /** The findings in the form for people: masked, and grouped by answer. */
    static String masked(List<GoldenCapture.CapturedHandshake> connections) {
        GoldenText text = new GoldenText(connections);
        for (GoldenCapture.CapturedHandshake connection : connections) {
            String block = GoldenMask.of(text.block(connection.handshake()));
            text.blocks
                    .computeIfAbsent(connection.handshake().role() + "\n" + block, any -> new ArrayList<>())
                    .add(connection.variant());
        }
        StringBuilder all = new StringBuilder();
        text.blocks.forEach((block, variants) -> {
            int role = block.indexOf('\n');
            all.append(block, 0, role)
                    .append(": ")
                    .append(String.join(", ", variants))
                    .append(block.substring(role))
                    .append('\n');
        });
        return all.toString();
    }

    /** The warnings about the JVM. */
    static String ofWarnings(List<Warning> warnings) {
        StringBuilder all = new StringBuilder();
        for (Warning warning : warnings) {
            all.append("JVM\n");
            finding(warning.finding(), all, INDENT);
            all.append('\n');
        }
        return all.toString();
    }

    private String block(Handshake handshake) {
        StringBuilder block = new StringBuilder();
        if (handshake.failed()) {
            finding(Causes.of(handshake), block, INDENT);
        }
        Optional<Handshake> other = other(handshake);
        if (handshake.failed() && other.isPresent()) {
            Finding both = Causes.of(handshake, other.get());
            if (both.equals(Causes.of(handshake))) {
                line(block, INDENT, "with both ends", "the same");
            } else {
                line(block, INDENT, "with both ends", null);
                finding(both, block, INDENT + INDENT);
            }
        }
        Verification verification = Verification.of(handshake);
        line(block, INDENT, "values", counts(verification.checks().stream().map(Check::verdict)));
        line(block, INDENT, "records", counts(verification.records().stream().map(RecordCheck::verdict)));
        verification.firstDifference().ifPresent(first -> line(block, INDENT, "first difference", first));
        other.flatMap(it -> ConnectionPair.of(handshake, it))
                .ifPresent(ends -> Comparison.of(ends).meanings().stream()
                        .map(Difference::text)
                        .forEach(text -> line(block, INDENT, "difference", text)));
        return block.toString();
    }

    /** The other end of the connection, if the capture has it. */
    private Optional<Handshake> other(Handshake handshake) {
        return connections.stream()
                .map(GoldenCapture.CapturedHandshake::handshake)
                .filter(other -> ConnectionPair.of(handshake, other).isPresent())
                .findFirst();
    }

    private static void finding(Finding finding, StringBuilder block, String indent) {
        block.append(indent)
                .append(finding.cause().id())
                .append(" (")
                .append(finding.confidence().name().toLowerCase(Locale.ROOT))
                .append("): ")
                .append(finding.summary())
                .append('\n');
        for (Evidence evidence : finding.evidence()) {
            line(block, indent + "- ", evidence.what(), evidence.value());
        }
        for (String fix : finding.fix()) {
            line(block, indent, "fix", fix);
        }
        for (Candidate candidate : finding.candidates()) {
            line(
                    block,
                    indent,
                    "or " + candidate.cause().id() + " ("
                            + candidate.confidence().name().toLowerCase(Locale.ROOT) + ")",
                    candidate.decides());
        }
    }

    private static String counts(Stream<Verdict> verdicts) {
        Map<Verdict, Integer> counts = new TreeMap<>();
        verdicts.forEach(verdict -> counts.merge(verdict, 1, Integer::sum));
        List<String> all = new ArrayList<>();
        counts.forEach((verdict, count) -> all.add(count + " " + verdict.name().toLowerCase(Locale.ROOT)));
        return all.isEmpty() ? "none" : String.join(", ", all);
    }

    private static void line(StringBuilder block, String indent, String name, @Nullable String value) {
        block.append(indent)
                .append(name)
                .append(value == null ? ":" : ": " + value.replace("\n", "\\n"))
                .append('\n');
    }
}
