package dev.tlscope.analyzer.cli;

import dev.tlscope.analyzer.cause.Causes;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Handshakes;
import dev.tlscope.analyzer.report.ReportPage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code report}: captures as one page for the browser. */
@Command(
        name = "report",
        description = "Makes one self-contained HTML page of captures: overview, table, and each handshake's messages.",
        footer = {
            "",
            "The page loads nothing, needs no network and holds no secret. It is readable by you",
            "alone (mode 0600).",
            "",
            "Examples:",
            "  tlscope report /var/tmp/tls -o report.html",
            "      all captures of a directory",
            "  tlscope report client.pcapng server.pcapng -o both.html --force",
            "      both sides; a page of that name is replaced"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:a file could not be read, or the page not written",
            "2:wrong usage",
            "3:a capture is damaged; the page has what came before the damage"
        })
final class ReportCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "PAGE",
            description = "the page to write, such as report.html")
    private Path output = Path.of("report.html");

    @Option(names = "--force", description = "replace the page that is there")
    private boolean force;

    @Parameters(arity = "1..*", paramLabel = "FILE|DIR", description = "captures, or directories of captures")
    private List<Path> places = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        if (spec == null) {
            throw new IllegalStateException("picocli sets the spec before it calls a command");
        }
        PrintWriter err = spec.commandLine().getErr();
        CaptureFiles captures = CaptureFiles.find(places, err);
        int exitCode = captures.exitCode();
        if (captures.files().isEmpty()) {
            return exitCode;
        }
        String version = String.valueOf(
                spec.root().version().length == 0 ? "" : spec.root().version()[0]);
        try (NewFile file = NewFile.create(output, force);
                Progress progress = Progress.of(captures.files(), err, Terminal.isErrorThere())) {
            ReportPage page = new ReportPage(file.stream(), version.replaceFirst("^tlscope ", ""));
            int read = 0;
            for (Path capture : captures.files()) {
                page.file(capture);
                int ended = add(capture, page, err, progress);
                exitCode = Math.max(exitCode, ended);
                read += ended == CaptureFiles.FAILED ? 0 : 1;
            }
            if (read == 0) {
                return exitCode;
            }
            page.end();
            file.keep();
            progress.clear();
            spec.commandLine()
                    .getOut()
                    .println(String.format(
                            Locale.ROOT,
                            "%s: %,d failed of %,d connections; open it in a browser",
                            output,
                            page.failed(),
                            page.all()));
            return exitCode;
        } catch (NewFile.RefusedException e) {
            err.println("tlscope: " + e.getMessage());
            return CaptureFiles.FAILED;
        }
    }

    private static int add(Path capture, ReportPage page, PrintWriter err, Progress progress) {
        Handshakes handshakes = new Handshakes(capture, handshake -> add(handshake, page));
        int ended = CaptureFiles.read(capture, handshakes::take, err, progress);
        handshakes.end();
        if (ended != CaptureFiles.OK) {
            page.trouble(capture
                    + (ended == CaptureFiles.DAMAGED
                            ? " is damaged; the page has what came before the damage."
                            : " could not be read and is not in this page."));
        }
        return ended;
    }

    private static void add(Handshake handshake, ReportPage page) {
        try {
            page.add(handshake, handshake.failed() ? Causes.of(handshake) : null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
