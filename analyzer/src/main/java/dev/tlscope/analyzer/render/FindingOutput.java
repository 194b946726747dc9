package dev.tlscope.analyzer.render;

import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.Warning;
import dev.tlscope.analyzer.model.Handshake;
import java.io.IOException;

/** Receives the explained handshakes one by one and writes them. */
public interface FindingOutput {
    void failed(Handshake handshake, Finding finding) throws IOException;

    /** Adds a listed handshake that did not fail. */
    void completed(Handshake handshake) throws IOException;

    /**
     * Counts handshakes that did not fail and are not listed.
     *
     * @param unfinished number that had neither completed nor failed at the end of the capture
     */
    void passed(long completed, long unfinished);

    /** Adds a finding about the JVM itself; ignored by reports that count handshakes. */
    default void warned(Warning warning) throws IOException {}

    /** Ends the report. */
    void end() throws IOException;
}
