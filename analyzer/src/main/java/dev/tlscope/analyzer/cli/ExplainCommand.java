package dev.tlscope.analyzer.cli;

import dev.tlscope.analyzer.cause.Causes;
import dev.tlscope.analyzer.cause.Finding;
import dev.tlscope.analyzer.cause.Warning;
import dev.tlscope.analyzer.cause.Warnings;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Handshakes;
import dev.tlscope.analyzer.render.GroupJson;
import dev.tlscope.analyzer.render.GroupText;
import dev.tlscope.analyzer.render.JsonReport;
import dev.tlscope.analyzer.render.Report;
import dev.tlscope.analyzer.render.TextReport;
import dev.tlscope.analyzer.work.InOrder;
import dev.tlscope.capture.CapturedEvent;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code explain}: says of each failed handshake in the captures who, when, which alert, why, and what to do. */
@Command(
        name = "explain",
        description = "Says why the captured handshakes failed, and what to do about it.",
        footer = {
            "",
            "With the captures of both ends (explain CLIENT SERVER) connections are matched",
            "by their ClientHello, and what both ends sent, received and derived is",
            "compared: certain where one end's capture leaves several causes.",
            "",
            "Examples:",
            "  tlscope explain /var/tmp/tls",
            "      each failure: who, when, which alert, why, what to do",
            "  tlscope explain --group /var/tmp/tls",
            "      the failures counted by cause, with peers and certificates",
            "  tlscope explain --format json a.pcapng | jq .[].cause",
            "      for programs"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:a file could not be read, or there is none",
            "2:wrong usage",
            "3:a capture is damaged; what came before the damage was used"
        })
final class ExplainCommand implements Callable<Integer> {
    enum Format {
        text,
        json
    }

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--format", paramLabel = "text|json", description = "text for people (default), json for programs")
    private Format format = Format.text;

    @Option(names = "--all", description = "list the completed handshakes too")
    private boolean all;

    @Option(names = "--group", description = "count the failures by cause, with peers and certificates")
    private boolean group;

    @Parameters(arity = "1..*", paramLabel = "FILE|DIR", description = "captures, or directories of captures")
    private List<Path> places = new ArrayList<>();

    private OtherEnds others = OtherEnds.none();
    private long completed;
    private long unfinished;

    @Override
    public Integer call() throws IOException {
        if (spec == null) {
            throw new IllegalStateException("picocli sets the spec before it calls a command");
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        CaptureFiles captures = CaptureFiles.find(places, err);
        int exitCode = captures.exitCode();
        if (captures.files().isEmpty()) {
            return exitCode;
        }
        others = group ? OtherEnds.none() : OtherEnds.of(captures.files(), err);
        Report report = report(out);
        int read = 0;
        try (Progress progress = progress(captures.files(), err)) {
            for (Path file : captures.files()) {
                int ended = explain(file, report, err, progress);
                exitCode = Math.max(exitCode, ended);
                read += ended == CaptureFiles.FAILED ? 0 : 1;
            }
        } catch (ReaderGoneException e) {
            return exitCode;
        }
        report.passed(completed, unfinished);
        // "no failed handshake" would be a wrong answer when nothing could be read; a program still wants its array
        if (read > 0 || format == Format.json) {
            report.end();
        }
        return exitCode;
    }

    private Report report(PrintWriter out) throws IOException {
        if (group) {
            return format == Format.json ? new GroupJson(out) : new GroupText(out, Terminal.hasColour());
        }
        Report report = format == Format.json ? new JsonReport(out) : new TextReport(out, Terminal.hasColour());
        return new WatchedReport(report, out);
    }

    /** None where the explanations themselves appear on the same terminal one by one. */
    private Progress progress(List<Path> files, PrintWriter err) {
        return Progress.of(files, err, Terminal.isErrorThere() && (group || !Terminal.isThere()));
    }

    private int explain(Path file, Report report, PrintWriter err, Progress progress) throws IOException {
        Warnings warnings = new Warnings();
        try (InOrder<Explained> explaining = new InOrder<>(explained -> add(explained, report, warnings))) {
            Handshakes handshakes = Handshakes.unread(
                    file, unread -> explaining.add(() -> explain(unread), unread.memory()), all ? null : this::pass);
            Consumer<CapturedEvent> both = event -> {
                if (event.connection() == 0) {
                    warnings.add(event.event());
                }
                handshakes.take(event);
            };
            int exitCode = CaptureFiles.read(file, both, err, progress);
            handshakes.end();
            explaining.await();
            for (Warning warning : warnings.of(file)) {
                report.warned(warning);
            }
            return exitCode;
        }
    }

    private Explained explain(Supplier<Handshake> unread) {
        Handshake handshake = unread.get();
        return new Explained(handshake, handshake.failed() ? Causes.of(handshake, others.of(handshake)) : null);
    }

    private void pass(boolean itCompleted) {
        completed += itCompleted ? 1 : 0;
        unfinished += itCompleted ? 0 : 1;
    }

    private void add(Explained explained, Report report, Warnings warnings) {
        Handshake handshake = explained.handshake();
        Finding finding = explained.finding();
        try {
            if (finding != null) {
                warnings.failed(handshake, finding);
                report.failed(handshake, finding);
            } else if (all) {
                report.completed(handshake);
            } else {
                report.passed(1, 0); // it had timed out, and was tried on
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Explained(Handshake handshake, @Nullable Finding finding) {}
}
