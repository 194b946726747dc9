package dev.tlscope.analyzer.cli;

import dev.tlscope.analyzer.cause.Warnings;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.Warning;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Handshakes;
import dev.tlscope.analyzer.model.UnreadHandshake;
import dev.tlscope.analyzer.verdict.Verdicts;
import dev.tlscope.analyzer.work.InOrder;
import dev.tlscope.capture.CapturedEvent;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A handshake and why it failed.
 *
 * @param finding null when it did not fail
 */
record Explained(Handshake handshake, @Nullable Finding finding) {
    /**
     * What became of a capture.
     *
     * @param exitCode of {@link CaptureFiles}
     * @param warnings of the JVM as a whole
     */
    record Read(int exitCode, List<Warning> warnings) {}

    /**
     * Reads a capture and explains its failures, on all cores.
     *
     * @param passed counts those that did not fail; null when they are handed on too
     * @param next takes the handshakes in the order in which they ended
     */
    static Read read(
            Path file,
            Verdicts verdicts,
            Handshakes.@Nullable Passed passed,
            Consumer<? super Explained> next,
            PrintWriter err,
            Progress progress) {
        Warnings warnings = new Warnings();
        Consumer<Explained> told = explained -> {
            Finding finding = explained.finding();
            if (finding != null) {
                warnings.failed(explained.handshake(), finding);
            }
            next.accept(explained);
        };
        try (InOrder<UnreadHandshake, List<Explained>> explaining =
                new InOrder<>(some -> explain(some, verdicts), some -> some.forEach(told))) {
            Handshakes handshakes = Handshakes.unread(file, unread -> explaining.add(unread, unread.memory()), passed);
            Consumer<CapturedEvent> both = event -> {
                if (event.connection() == 0) {
                    warnings.add(event.event());
                }
                handshakes.take(event);
            };
            int exitCode = CaptureFiles.read(file, both, err, progress);
            handshakes.end();
            explaining.await();
            return new Read(exitCode, warnings.of(file));
        }
    }

    private static List<Explained> explain(List<UnreadHandshake> some, Verdicts verdicts) {
        return some.stream().map(unread -> explain(unread, verdicts)).toList();
    }

    private static Explained explain(UnreadHandshake unread, Verdicts verdicts) {
        Handshake handshake = unread.get();
        return new Explained(handshake, verdicts.of(handshake));
    }
}
