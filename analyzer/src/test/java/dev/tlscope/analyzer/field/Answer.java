package dev.tlscope.analyzer.field;

import dev.tlscope.analyzer.cause.Warnings;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.Warning;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Handshakes;
import dev.tlscope.analyzer.verdict.Verdicts;
import dev.tlscope.capture.CaptureReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The finding of explain for one failed handshake, or for a JVM as a whole.
 *
 * @param text sentence, evidence and fix, as they are shown
 */
record Answer(String cause, Confidence confidence, String text) {
    /** All answers for a capture. */
    static List<Answer> of(Path file) throws IOException {
        List<Answer> answers = new ArrayList<>();
        Verdicts verdicts = Verdicts.of(List.of(file), new PrintWriter(Writer.nullWriter()));
        Warnings warnings = new Warnings();
        Handshakes handshakes = new Handshakes(file, handshake -> add(handshake, verdicts, warnings, answers));
        try (InputStream capture = Files.newInputStream(file)) {
            CaptureReader.scan(capture, event -> {
                warnings.add(event.event());
                handshakes.take(event);
            });
        }
        handshakes.end();
        warnings.of(file).stream().map(Warning::finding).map(Answer::of).forEach(answers::add);
        return answers;
    }

    /** Whether the text contains these words, in any case. */
    boolean says(String words) {
        return text.toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT));
    }

    private static void add(Handshake handshake, Verdicts verdicts, Warnings warnings, List<Answer> answers) {
        Finding finding = verdicts.of(handshake);
        if (finding != null) {
            warnings.failed(handshake, finding);
            answers.add(of(finding));
        }
    }

    private static Answer of(Finding finding) {
        StringBuilder text = new StringBuilder(finding.summary());
        for (Evidence fact : finding.evidence()) {
            text.append('\n').append(fact.what()).append(": ").append(fact.value());
        }
        finding.fix().forEach(step -> text.append("\nfix: ").append(step));
        return new Answer(finding.cause().id(), finding.confidence(), text.toString());
    }
}
