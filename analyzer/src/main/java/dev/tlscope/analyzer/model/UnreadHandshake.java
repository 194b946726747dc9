package dev.tlscope.analyzer.model;

import java.nio.file.Path;
import java.util.function.Consumer;

/** A handshake whose events are still encoded, so that another thread can decode them, once. */
public final class UnreadHandshake {
    private final Path file;
    private final OpenConnection events;
    private final Consumer<? super OpenConnection> done;

    /**
     * A handshake of that capture.
     *
     * @param done takes the events back after they were decoded
     */
    UnreadHandshake(Path file, OpenConnection events, Consumer<? super OpenConnection> done) {
        this.file = file;
        this.events = events;
        this.done = done;
    }

    /** Memory in bytes, approximately. */
    public long memory() {
        return events.memory();
    }

    /** Decodes it. Call either this or {@link #brief}, once. */
    public Handshake get() {
        return read(false);
    }

    /** Decodes it without its events, unless it failed. */
    public Handshake brief() {
        return read(true);
    }

    private Handshake read(boolean briefly) {
        Handshake handshake = events.build(file, briefly);
        done.accept(events);
        return handshake;
    }
}
