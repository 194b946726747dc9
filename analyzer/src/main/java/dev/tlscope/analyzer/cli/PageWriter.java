package dev.tlscope.analyzer.cli;

import dev.tlscope.analyzer.file.FileTrouble;
import dev.tlscope.analyzer.model.CapturedJvms;
import dev.tlscope.analyzer.problem.Selection;
import dev.tlscope.analyzer.report.PageLimits;
import dev.tlscope.analyzer.report.ReportPage;
import dev.tlscope.analyzer.schedule.SecretRedaction;
import dev.tlscope.analyzer.verdict.Verdicts;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes captures as one page for the browser. */
final class PageWriter {
    private final Path output;
    private final boolean force;
    private final PageLimits limits;
    private final String bounds;
    private final boolean secrets;
    private final Selection selection;
    private @Nullable IOException unwritten;

    /**
     * A writer.
     *
     * @param force whether a page that is there is replaced
     * @param details completed handshakes at most that can be opened
     * @param size megabytes of all details at most
     * @param secrets whether the values of secrets are written
     */
    PageWriter(Path output, boolean force, int details, int size, boolean secrets, Selection selection) {
        this.output = output;
        this.force = force;
        this.limits = PageLimits.of(details, size);
        this.bounds =
                String.format(Locale.ROOT, "--details (now %,d) and --size (now %,d MB) set the bounds", details, size);
        this.secrets = secrets;
        this.selection = selection;
    }

    /**
     * Writes the page.
     *
     * @param version of tlscope
     * @return the exit code
     */
    int write(CaptureFiles captures, String version, PrintWriter out, PrintWriter err) {
        int exitCode = captures.exitCode();
        try (NewFile file = NewFile.create(output, force);
                Progress progress = Progress.of(captures.files(), err, Terminal.isErrorThere())) {
            CapturedJvms jvms = OldestFirst.jvms(captures.files());
            Explaining explaining = new Explaining(Verdicts.of(captures.files(), err), selection, jvms, err, progress);
            ReportPage page = new ReportPage(file.stream(), version, limits, new SecretRedaction(secrets), jvms);
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
        out.println(output + ": "
                + (page.leavesOutCompleted()
                        ? String.format(Locale.ROOT, "%,d failed connections", page.failed())
                        : String.format(Locale.ROOT, "%,d failed of %,d connections", page.failed(), page.all()))
                + "; open it in a browser");
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
                            + " %s",
                    page.undetailed(),
                    failures,
                    bounds));
        }
    }

    /** Unlike errors of reading, errors of writing end the work. */
    private int add(Path capture, ReportPage page, Explaining explaining) throws IOException {
        Explaining.Read read = explaining.read(capture, null, explained -> add(explained, page));
        IOException failure = unwritten;
        if (failure != null) {
            throw failure;
        }
        read.warnings().forEach(page::warned);
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
