package dev.tlscope.analyzer.render;

import dev.tlscope.analyzer.compare.Comparison;
import dev.tlscope.analyzer.finding.Finding;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Receives and writes the results of {@code diff}. */
public interface ComparisonReport {
    /**
     * A connection that both ends captured.
     *
     * @param cause why it failed, as explain tells it of both ends; null when it did not fail
     */
    void compared(Comparison comparison, @Nullable Finding cause) throws IOException;

    /**
     * Ends the report.
     *
     * @param alone number of connections that were captured at one end only
     */
    void end(long alone) throws IOException;
}
