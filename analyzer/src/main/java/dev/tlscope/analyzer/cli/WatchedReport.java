package dev.tlscope.analyzer.cli;

import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.Warning;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.render.FindingOutput;
import java.io.IOException;
import java.io.PrintWriter;

/**
 * Ends the work when the output's reader has closed it; the check needs a flush, so it does not follow every handshake.
 */
final class WatchedReport implements FindingOutput {
    private static final int OFTEN = 32;

    private final FindingOutput report;
    private final PrintWriter out;
    private int sinceLook;

    WatchedReport(FindingOutput report, PrintWriter out) {
        this.report = report;
        this.out = out;
    }

    @Override
    public void failed(Handshake handshake, Finding finding) throws IOException {
        report.failed(handshake, finding);
        look();
    }

    @Override
    public void completed(Handshake handshake) throws IOException {
        report.completed(handshake);
        look();
    }

    @Override
    public void passed(long completed, long unfinished) {
        report.passed(completed, unfinished);
    }

    @Override
    public void warned(Warning warning) throws IOException {
        report.warned(warning);
    }

    @Override
    public void end() throws IOException {
        report.end();
    }

    private void look() {
        if (++sinceLook == OFTEN) {
            sinceLook = 0;
            ReaderGoneException.check(out);
        }
    }
}
