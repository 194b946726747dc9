package dev.tlscope.analyzer.render;

import dev.tlscope.analyzer.compare.Comparison;
import java.io.IOException;

/** Receives and writes the results of {@code diff}. */
public interface ComparisonReport {
    void compared(Comparison comparison) throws IOException;

    /**
     * Ends the report.
     *
     * @param alone number of connections that were captured at one end only
     */
    void end(long alone) throws IOException;
}
