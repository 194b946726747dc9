package dev.tlscope.analyzer.render;

import dev.tlscope.analyzer.verify.Verification;
import java.io.IOException;

/** Receives the recomputed connections one by one and writes them. */
public interface VerificationReport {
    void verified(Verification verification) throws IOException;

    /** Ends the report. */
    void end() throws IOException;
}
