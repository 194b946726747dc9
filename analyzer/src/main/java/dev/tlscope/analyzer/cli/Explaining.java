package dev.tlscope.analyzer.cli;

import dev.tlscope.analyzer.cause.Warnings;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.Warning;
import dev.tlscope.analyzer.model.CapturedJvms;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Handshakes;
import dev.tlscope.analyzer.model.UnreadHandshake;
import dev.tlscope.analyzer.problem.Selection;
import dev.tlscope.analyzer.verdict.Verdicts;
import dev.tlscope.analyzer.work.InOrder;
import dev.tlscope.capture.CapturedEvent;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads captures and explains the failures in them, on all cores.
 *
 * @param selection the selected connections
 * @param jvms receives the captures' descriptions of their JVMs
 */
record Explaining(Verdicts verdicts, Selection selection, CapturedJvms jvms, PrintWriter err, Progress progress) {
    /**
     * The result of reading a capture.
     *
     * @param exitCode that of {@link CaptureFiles}
     * @param warnings about the JVM as a whole
     */
    record Read(int exitCode, List<Warning> warnings) {}

    /**
     * Reads a capture.
     *
     * @param passed counts those that did not fail; null to pass them on too
     * @param next receives the handshakes in the order in which they ended
     */
    Read read(Path file, Handshakes.@Nullable Passed passed, Consumer<? super Explained> next) {
        Warnings warnings = new Warnings();
        Consumer<Explained> found = explained -> {
            Finding finding = explained.finding();
            if (finding != null) {
                warnings.failed(explained.handshake(), finding);
            } else {
                warnings.completed(explained.handshake());
            }
            if (selection.takes(explained.handshake(), finding)) {
                next.accept(explained);
            }
        };
        try (InOrder<UnreadHandshake, List<Explained>> explaining =
                new InOrder<>(this::explain, some -> some.forEach(found))) {
            Handshakes handshakes = Handshakes.unread(file, unread -> explaining.add(unread, unread.memory()), passed);
            Consumer<CapturedEvent> both = event -> {
                if (event.connection() == 0) {
                    warnings.add(event.event());
                    jvms.add(file, event.event());
                }
                handshakes.take(event);
            };
            int exitCode = CaptureFiles.read(file, both, err, progress);
            handshakes.end();
            explaining.await();
            return new Read(
                    exitCode,
                    warnings.of(file).stream().filter(selection::takes).toList());
        }
    }

    private List<Explained> explain(List<UnreadHandshake> some) {
        List<Explained> explained = new ArrayList<>();
        for (UnreadHandshake unread : some) {
            Handshake handshake = unread.get();
            if (selection.takes(handshake)) {
                explained.add(new Explained(handshake, verdicts.of(handshake)));
            }
        }
        return explained;
    }
}
