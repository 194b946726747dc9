package dev.tlscope.analyzer.export;

import dev.tlscope.capture.CapturedEvent;
import java.io.IOException;
import java.nio.file.Path;

/** Takes the events of one capture after the other and writes them in another form. */
public interface Export extends AutoCloseable {
    /** A capture's events follow, up to the next one's. */
    void begin(Path file) throws IOException;

    void add(CapturedEvent event) throws IOException;

    /** Nothing more comes. */
    void end() throws IOException;

    /** What is not finished is left undone; the stream stays open. */
    @Override
    default void close() {
        // most hold nothing
    }

    /** Lines, handshakes or events that were written. */
    long written();
}
