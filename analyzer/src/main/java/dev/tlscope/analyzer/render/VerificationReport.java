package dev.tlscope.analyzer.render;

import dev.tlscope.analyzer.verify.Verification;
import java.io.IOException;

/** Takes the recomputed connections one by one and writes them. */
public interface VerificationReport {
    void verified(Verification verification) throws IOException;

    /** Nothing more comes. */
    void end() throws IOException;
}
