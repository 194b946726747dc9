package dev.tlscope.analyzer.render;

import dev.tlscope.analyzer.compare.Comparison;
import java.io.IOException;

/** Where {@code diff} tells what it found. */
public interface ComparisonReport {
    void compared(Comparison comparison) throws IOException;

    /**
     * There are no more.
     *
     * @param alone connections that one side alone has
     */
    void end(long alone) throws IOException;
}
