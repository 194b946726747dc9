package dev.tlscope.analyzer.render;

import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.Warning;
import dev.tlscope.analyzer.model.Handshake;
import java.io.IOException;

/** Takes the explained handshakes one by one and writes them. */
public interface FindingOutput {
    void failed(Handshake handshake, Finding finding) throws IOException;

    /** Takes one that did not fail and is listed. */
    void completed(Handshake handshake) throws IOException;

    /**
     * Counts some that did not fail and are not listed.
     *
     * @param unfinished neither completed nor failed when the capture ended
     */
    void passed(long completed, long unfinished);

    /** Takes a finding about the JVM itself; a report that counts handshakes leaves it out. */
    default void warned(Warning warning) throws IOException {}

    /** Nothing more comes. */
    void end() throws IOException;
}
