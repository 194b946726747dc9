package dev.tlscope.analyzer.cli;

import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.Warning;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.render.FindingOutput;
import dev.tlscope.analyzer.render.GroupJson;
import dev.tlscope.analyzer.render.GroupText;
import dev.tlscope.analyzer.render.JsonReport;
import dev.tlscope.analyzer.render.TextReport;
import dev.tlscope.analyzer.verdict.Verdicts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code explain}: says of each failed handshake in the captures who, when, which alert, why, and what to do. */
@Command(
        name = "explain",
        description = "Says why the captured handshakes failed, and what to do about it.",
        footer = {
            "",
            "With the captures of both ends (explain CLIENT SERVER), or one that has both,",
            "connections are matched by their ClientHello, and what both ends sent, received",
            "and derived is compared: certain where one end's capture leaves several causes.",
            "",
            "Examples:",
            "  tlscope explain /var/tmp/tls",
            "      each failure: who, when, which alert, why, what to do",
            "  tlscope explain --group /var/tmp/tls",
            "      the failures counted by cause, with peers and certificates",
            "  tlscope explain --format json a.pcapng | jq '.[].cause'",
            "      for programs"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:a file could not be read, or there is none",
            "2:wrong usage",
            "3:a capture is damaged; what came before the damage was used"
        })
final class ExplainCommand extends CaptureCommand {
    @Option(names = "--format", paramLabel = "text|json", description = "text for people (default), json for programs")
    private Format format = Format.text;

    @Option(names = "--all", description = "list the completed handshakes too")
    private boolean all;

    @Option(names = "--group", description = "count the failures by cause, with peers and certificates")
    private boolean group;

    private long completed;
    private long unfinished;

    @Override
    int run(CaptureFiles captures, PrintWriter out, PrintWriter err) throws IOException {
        int exitCode = captures.exitCode();
        Verdicts verdicts = Verdicts.of(captures.files(), err);
        FindingOutput report = report(out);
        int read = 0;
        try (Progress progress = progress(captures.files(), err)) {
            for (Path file : captures.files()) {
                Explained.Read ended = explain(file, verdicts, report, err, progress);
                exitCode = Math.max(exitCode, ended.exitCode());
                read += ended.exitCode() == CaptureFiles.FAILED ? 0 : 1;
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

    private FindingOutput report(PrintWriter out) throws IOException {
        if (group) {
            return format == Format.json ? new GroupJson(out) : new GroupText(out, Terminal.hasColour());
        }
        FindingOutput report = format == Format.json ? new JsonReport(out) : new TextReport(out, Terminal.hasColour());
        return new WatchedReport(report, out);
    }

    /** None where the explanations themselves appear on the same terminal one by one. */
    private Progress progress(List<Path> files, PrintWriter err) {
        return Progress.of(files, err, Terminal.isErrorThere() && (group || !Terminal.isThere()));
    }

    private Explained.Read explain(
            Path file, Verdicts verdicts, FindingOutput report, PrintWriter err, Progress progress) throws IOException {
        Explained.Read read = Explained.read(
                file, verdicts, all ? null : this::pass, explained -> add(explained, report), err, progress);
        for (Warning warning : read.warnings()) {
            report.warned(warning);
        }
        return read;
    }

    private void pass(boolean itCompleted) {
        completed += itCompleted ? 1 : 0;
        unfinished += itCompleted ? 0 : 1;
    }

    private void add(Explained explained, FindingOutput report) {
        Handshake handshake = explained.handshake();
        Finding finding = explained.finding();
        try {
            if (finding != null) {
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
}
