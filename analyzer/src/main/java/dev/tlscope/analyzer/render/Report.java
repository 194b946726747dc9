package dev.tlscope.analyzer.render;

import dev.tlscope.analyzer.cause.Finding;
import dev.tlscope.analyzer.cause.Warning;
import dev.tlscope.analyzer.model.Handshake;
import java.io.IOException;

/** Takes the explained handshakes one by one and writes them. */
public interface Report {
    void failed(Handshake handshake, Finding finding) throws IOException;

    /**
     * Takes one that did not fail.
     *
     * @param shown whether completed handshakes are listed, or just counted
     */
    void completed(Handshake handshake, boolean shown) throws IOException;

    /** Takes a finding about the JVM itself; a report that counts handshakes leaves it out. */
    default void warned(Warning warning) throws IOException {}

    /** Nothing more comes. */
    void end() throws IOException;
}
