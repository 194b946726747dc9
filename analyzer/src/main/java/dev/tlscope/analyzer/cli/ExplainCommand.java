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
import dev.tlscope.analyzer.report.PageLimits;
import dev.tlscope.analyzer.verdict.Verdicts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code explain}: reports the problems in the captures, their causes, who must act, and what to do. */
@Command(
        name = "explain",
        description = "Shows which problems cause the failures in captures, or in a running JVM, and what to do"
                + " about each.",
        customSynopsis = {
            "tlscope explain [OPTIONS] FILE|DIR...",
            "       tlscope explain [OPTIONS] [--for=TIME] [--failures=N] [--out=DIR]",
            "                       [--secrets=on|off] PID|NAME"
        },
        footer = {
            "",
            "Failures that need the same fix are one problem. Those that still occurred when",
            "the capture ended come first, then the most frequent. What does not fit into",
            "fifteen lines is in --format json.",
            "",
            "With a PID or main class it attaches, shows failures as they come, ends at the",
            "first limit or Ctrl-C, detaches, and explains what it captured, which stays in",
            "the directory that --out names. Where tlscope is attached already, it uses what",
            "that captures and does not detach.",
            "",
            "With the captures of both ends (explain CLIENT SERVER), or one that has both,",
            "connections are matched by their ClientHello, and what both ends sent, received",
            "and derived is compared: certain where one end's capture leaves several causes.",
            "",
            "Examples:",
            "  tlscope explain /var/tmp/tls",
            "      each problem: why, who must act, what to do, which connections",
            "  tlscope explain 4711 --for 5m --failures 10 -o report.html",
            "      what fails in that JVM in the next five minutes, and a page of it",
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
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,6})([smhd]?)");
    private static final Map<String, Long> SECONDS_OF = Map.of("s", 1L, "m", 60L, "h", 3600L, "d", 86_400L);

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

    @Option(
            names = {"-o", "--output"},
            paramLabel = "PAGE",
            description = "write a page for the browser too, which must not exist yet")
    private @Nullable Path page;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            defaultValue = "60s",
            description = "of a running JVM: for how long, such as 90s, 5m or 2h (default ${DEFAULT-VALUE})")
    private String duration = "60s";

    @Option(names = "--failures", paramLabel = "N", description = "of a running JVM: until so many have failed")
    private long failures;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "tlscope-captures",
            description = "of a running JVM: directory for the capture (default ${DEFAULT-VALUE})")
    private Path directory = Path.of("tlscope-captures");

    @Option(
            names = "--secrets",
            paramLabel = "on|off",
            description = "of a running JVM: whether secrets are captured (default off)")
    private Switch secrets = Switch.off;

    /** Whether they are captured. */
    enum Switch {
        on,
        off
    }

    private final Function<List<String>, Map<String, String>> client;

    @Mixin
    private ColourOption colour = new ColourOption();

    private long completed;
    private long unfinished;
    private boolean found;

    /** Whether it explains what it captured itself, of which a time of its own selects what is new. */
    private boolean live;

    private boolean liveSelected;

    ExplainCommand(Function<List<String>, Map<String, String>> client) {
        this.client = client;
    }

    @Override
    void checkOptions() {
        if (seconds() <= 0 || failures < 0) {
            throw new ParameterException(
                    spec().commandLine(), "--for is a time such as 90s, 5m or 2h, and --failures 0 or more");
        }
    }

    @Override
    int work(List<Path> named, PrintWriter out, PrintWriter err) throws IOException {
        String only = named.size() == 1 ? named.get(0).toString() : "/";
        if (RunningJvm.isPath(only) || Files.exists(named.get(0))) {
            return super.work(named, out, err);
        }
        RunningJvm jvm;
        try {
            jvm = RunningJvm.find(client, only);
        } catch (RuntimeException e) {
            err.println("tlscope: there is no file " + only + "; " + e.getMessage());
            return CaptureFiles.FAILED;
        }
        try (Interruption interruption = new Interruption()) {
            int exitCode = running(jvm, interruption, out, err);
            out.flush();
            return exitCode;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CaptureFiles.FAILED;
        }
    }

    private int running(RunningJvm jvm, Interruption interruption, PrintWriter out, PrintWriter err)
            throws IOException, InterruptedException {
        LiveCapture.Result captured = new LiveCapture(
                        jvm, selection(), new LiveCapture.Limits(seconds(), failures), err, colour.errorStyle())
                .run(List.of("out=" + directory, "secrets=" + secrets), directory, interruption);
        live = true;
        liveSelected = jvm.wasAttached() || !selection().isAll();
        since(captured.sinceNanos());
        if (!captured.counted().isEmpty()) {
            err.println("while it was attached: " + captured.counted());
        }
        int exitCode = run(new CaptureFiles(captured.files(), CaptureFiles.OK), out, err);
        captured.files().forEach(file -> err.println("the capture stays: " + file));
        return exitCode;
    }

    private long seconds() {
        Matcher parts = DURATION.matcher(duration);
        return parts.matches() ? Long.parseLong(parts.group(1)) * SECONDS_OF.getOrDefault(parts.group(2), 1L) : -1;
    }

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
        if (read > 0 || captures.files().isEmpty() || format == Format.json) {
            report.end();
        }
        if (page != null && read > 0) {
            exitCode = Math.max(exitCode, page(page, captures, err));
        }
        return check && found ? CaptureFiles.FAILED : exitCode;
    }

    private int page(Path output, CaptureFiles captures, PrintWriter err) {
        return new PageWriter(output, false, PageLimits.DETAILS, PageLimits.MEGABYTES, false, selection())
                .write(captures, version(), err, err);
    }

    private FindingOutput report(PrintWriter out, CapturedJvms jvms) throws IOException {
        boolean selected = live ? liveSelected : !selection().isAll();
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
