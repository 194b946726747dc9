package dev.tlscope.analyzer.export;

import dev.tlscope.capture.CapturedEvent;
import java.io.IOException;
import java.nio.file.Path;

/** Receives the events of one capture after another, and writes them in another format. */
public interface Export extends AutoCloseable {
    /** Starts a capture: the events that follow belong to it. */
    void begin(Path file) throws IOException;

    void add(CapturedEvent event) throws IOException;

    /** Ends the export after the last capture. */
    void end() throws IOException;

    /** Abandons what is unfinished; the stream stays open. */
    @Override
    default void close() {
        // most formats hold no resources
    }

    /** The number of lines, handshakes or events written. */
    long written();
}
