package dev.tlscope.analyzer.cli;

import dev.tlscope.analyzer.file.FileTrouble;
import dev.tlscope.analyzer.finding.Warning;
import dev.tlscope.analyzer.model.CapturedJvms;
import dev.tlscope.analyzer.report.PageLimits;
import dev.tlscope.analyzer.report.ReportPage;
import dev.tlscope.analyzer.schedule.SecretRedaction;
import dev.tlscope.analyzer.verdict.Verdicts;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code report}: writes captures as one page for the browser. */
@Command(
        name = "report",
        description = "Makes one self-contained HTML page of captures: overview, table, and each handshake's messages,"
                + " certificates and recomputed key schedule.",
        footer = {
            "",
            "The page loads nothing and needs no network. It holds no secret, unless asked",
            "to with --secrets, and is readable by you alone (mode 0600).",
            "",
            "Every failure can be opened in it, and completed handshakes as far as --details",
            "goes: half of them the first that came, the others of kinds that are seldom.",
            "What can be opened has its key schedule recomputed, as verify does.",
            "",
            "Examples:",
            "  tlscope report /var/tmp/tls -o report.html",
            "      all captures of a directory",
            "  tlscope report client.pcapng server.pcapng -o both.html --force",
            "      both sides; a page of that name is replaced",
            "  tlscope report /var/tmp/tls -o all.html --details 100000 --size 400",
            "      every handshake can be opened; the page grows by 3 to 8 kB for each"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:a file could not be read, or the page not written",
            "2:wrong usage",
            "3:a capture is damaged; the page has what came before the damage"
        })
final class ReportCommand extends CaptureCommand {
    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "PAGE",
            description = "the page to write, such as report.html")
    private Path output = Path.of("report.html");

    @Option(names = "--force", description = "replace the page that is there")
    private boolean force;

    @Option(
            names = "--details",
            paramLabel = "N",
            defaultValue = "2000",
            description = "completed handshakes at most that can be opened (default ${DEFAULT-VALUE})")
    private int details;

    @Option(
            names = "--size",
            paramLabel = "MB",
            defaultValue = "64",
            description = "size of all details at most, failures too (default ${DEFAULT-VALUE})")
    private int size;

    @Option(names = "--secrets", description = "with the values of secrets; who has the page reads the traffic")
    private boolean secrets;

    private @Nullable IOException unwritten;

    @Override
    void checkOptions() {
        if (details < 0 || size < 0) {
            throw new ParameterException(spec().commandLine(), "--details and --size are 0 or more");
        }
    }

    @Override
    int run(CaptureFiles captures, PrintWriter out, PrintWriter err) {
        int exitCode = captures.exitCode();
        String version = String.valueOf(
                spec().root().version().length == 0 ? "" : spec().root().version()[0]);
        try (NewFile file = NewFile.create(output, force);
                Progress progress = Progress.of(captures.files(), err, Terminal.isErrorThere())) {
            ReportPage page = new ReportPage(
                    file.stream(),
                    version.replaceFirst("^tlscope ", ""),
                    PageLimits.of(details, size),
                    new SecretRedaction(secrets));
            CapturedJvms jvms = OldestFirst.jvms(captures.files());
            Explaining explaining =
                    new Explaining(Verdicts.of(captures.files(), err), selection(), jvms, err, progress);
            int read = 0;
            for (Path capture : captures.files()) {
                page.file(capture);
                int ended = add(capture, page, explaining);
                exitCode = Math.max(exitCode, ended);
                read += ended == CaptureFiles.FAILED ? 0 : 1;
            }
            if (read == 0) {
                return exitCode;
            }
            page.end();
            file.keep();
            progress.clear();
            tell(page, out);
            return exitCode;
        } catch (NewFile.RefusedException e) {
            err.println("tlscope: " + e.getMessage());
        } catch (IOException e) {
            err.println("tlscope: " + output + " cannot be written: " + FileTrouble.writing(output, e));
        }
        return CaptureFiles.FAILED;
    }

    private void tell(ReportPage page, PrintWriter out) {
        out.println(String.format(
                Locale.ROOT,
                "%s: %,d failed of %,d connections; open it in a browser",
                output,
                page.failed(),
                page.all()));
        if (page.unlisted() > 0) {
            out.println(String.format(
                    Locale.ROOT,
                    "%,d connections are counted only: the table has no room for them; name fewer files",
                    page.unlisted()));
        }
        if (page.undetailed() > 0) {
            String failures = page.undetailedFailures() == 0
                    ? " that did not fail"
                    : String.format(Locale.ROOT, ", %,d failures among them,", page.undetailedFailures());
            out.println(String.format(
                    Locale.ROOT,
                    "%,d connections%s have their line in the table alone: no messages, and they were not recomputed;"
                            + " --details (now %,d) and --size (now %,d MB) set the bounds",
                    page.undetailed(),
                    failures,
                    details,
                    size));
        }
    }

    /** What cannot be written ends the work, unlike what cannot be read. */
    private int add(Path capture, ReportPage page, Explaining explaining) throws IOException {
        Explaining.Read read = explaining.read(capture, null, explained -> add(explained, page));
        IOException failure = unwritten;
        if (failure != null) {
            throw failure;
        }
        for (Warning warning : read.warnings()) {
            page.trouble(
                    warning.finding().cause().id() + ": " + warning.finding().summary());
        }
        if (read.exitCode() != CaptureFiles.OK) {
            page.trouble(capture
                    + (read.exitCode() == CaptureFiles.DAMAGED
                            ? " is damaged; the page has what came before the damage."
                            : " could not be read and is not in this page."));
        }
        return read.exitCode();
    }

    private void add(Explained explained, ReportPage page) {
        if (unwritten != null) {
            return;
        }
        try {
            page.add(explained.handshake(), explained.finding());
        } catch (IOException e) {
            unwritten = e;
        }
    }
}
