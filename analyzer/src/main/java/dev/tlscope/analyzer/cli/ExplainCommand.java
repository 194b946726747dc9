package dev.tlscope.analyzer.cli;

import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.Warning;
import dev.tlscope.analyzer.model.CapturedJvms;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.problem.Problems;
import dev.tlscope.analyzer.render.FindingOutput;
import dev.tlscope.analyzer.render.JsonReport;
import dev.tlscope.analyzer.render.ProblemJson;
import dev.tlscope.analyzer.render.ProblemList;
import dev.tlscope.analyzer.render.TextReport;
import dev.tlscope.analyzer.verdict.Verdicts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code explain}: says which problems the captures show, why, who must act, and what to do. */
@Command(
        name = "explain",
        description = "Says which problems the captured failures come of, and what to do about each.",
        footer = {
            "",
            "Failures that need the same fix are one problem. Those that still occurred when",
            "the capture ended come first, then the most frequent. What does not fit into",
            "fifteen lines is in --format json.",
            "",
            "With the captures of both ends (explain CLIENT SERVER), or one that has both,",
            "connections are matched by their ClientHello, and what both ends sent, received",
            "and derived is compared: certain where one end's capture leaves several causes.",
            "",
            "Examples:",
            "  tlscope explain /var/tmp/tls",
            "      each problem: why, who must act, what to do, which connections",
            "  tlscope explain --each --peer 10.1.2.3 --since 2h /var/tmp/tls",
            "      each failed connection with that peer in the last two hours",
            "  tlscope explain --check /var/tmp/tls",
            "      for a build: exit code 1 when there is a problem",
            "  tlscope explain --format json /var/tmp/tls | jq '.problems[].cause'",
            "      for programs; --each --format json has an array of the connections"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:a file could not be read, or there is none; with --check: there is a problem",
            "2:wrong usage",
            "3:a capture is damaged; what came before the damage was used"
        })
final class ExplainCommand extends CaptureCommand {
    @Option(names = "--format", paramLabel = "text|json", description = "text for people (default), json for programs")
    private Format format = Format.text;

    @Option(
            names = "--each",
            description = "every failed connection by itself, in order of time, in place of the problems")
    private boolean each;

    @Option(names = "--all", description = "every connection by itself, completed ones too")
    private boolean all;

    @Option(names = "--check", description = "exit with 1 when there is a problem")
    private boolean check;

    @Mixin
    private ColourOption colour = new ColourOption();

    private long completed;
    private long unfinished;
    private boolean found;

    @Override
    int run(CaptureFiles captures, PrintWriter out, PrintWriter err) throws IOException {
        int exitCode = captures.exitCode();
        CapturedJvms jvms = OldestFirst.jvms(captures.files());
        FindingOutput report = report(out, jvms);
        int read = 0;
        try (Progress progress = progress(captures.files(), err)) {
            Explaining explaining =
                    new Explaining(Verdicts.of(captures.files(), err), selection(), jvms, err, progress);
            for (Path file : captures.files()) {
                Explaining.Read ended = explain(file, explaining, report);
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
        return check && found ? CaptureFiles.FAILED : exitCode;
    }

    private FindingOutput report(PrintWriter out, CapturedJvms jvms) throws IOException {
        boolean selected = !selection().isAll();
        if (each || all) {
            FindingOutput report = format == Format.json
                    ? new JsonReport(out, jvms)
                    : new TextReport(out, colour.style(), new Problems(jvms), selected);
            return new WatchedReport(report, out);
        }
        return format == Format.json
                ? new ProblemJson(out, new Problems(jvms))
                : new ProblemList(out, colour.style(), new Problems(jvms), selected);
    }

    /** None where the explanations themselves appear on the same terminal one by one. */
    private Progress progress(List<Path> files, PrintWriter err) {
        return Progress.of(files, err, Terminal.isErrorThere() && (!(each || all) || !Terminal.isThere()));
    }

    private Explaining.Read explain(Path file, Explaining explaining, FindingOutput report) throws IOException {
        Explaining.Read read = explaining.read(file, all ? null : this::pass, explained -> add(explained, report));
        for (Warning warning : read.warnings()) {
            found = true;
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
                found = true;
                report.failed(handshake, finding);
            } else if (all) {
                report.completed(handshake);
            } else {
                report.passed(1, 0); // it had timed out and was tried again, or is worth a warning alone
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
