package dev.tlscope.analyzer.model;

import java.nio.file.Path;
import java.util.function.Consumer;

/** A handshake whose events lie as they lay in the capture: reading them, once, may be left to another thread. */
public final class UnreadHandshake {
    private final Path file;
    private final OpenConnection events;
    private final Consumer<? super OpenConnection> done;

    /**
     * Of that capture.
     *
     * @param done takes the events back when they are read
     */
    UnreadHandshake(Path file, OpenConnection events, Consumer<? super OpenConnection> done) {
        this.file = file;
        this.events = events;
        this.done = done;
    }

    /** Bytes of memory that it takes, about. */
    public long memory() {
        return events.memory();
    }

    /** Reads it; to be called once, or {@link #brief} instead. */
    public Handshake get() {
        return read(false);
    }

    /** Reads it without its events, unless it failed. */
    public Handshake brief() {
        return read(true);
    }

    private Handshake read(boolean briefly) {
        Handshake handshake = events.build(file, briefly);
        done.accept(events);
        return handshake;
    }
}
