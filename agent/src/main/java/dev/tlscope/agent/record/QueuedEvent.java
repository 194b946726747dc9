package dev.tlscope.agent.record;

import dev.tlscope.capture.Event;
import org.jspecify.annotations.Nullable;

/** An event on its way to the sink, which completes it on its own thread: what costs time is not done on the application's. */
public interface QueuedEvent {
    /** The event as it is to be written, or null where there is nothing to write; called once, on the sink's thread. */
    @Nullable
    Event resolve();

    /** True for a secret, which has to be in the file before the records that it opens. */
    boolean isSecret();

    /** True for what is told of a failed connection whatever of it was thrown away: who it is, and how it failed. */
    default boolean isEssential() {
        return false;
    }

    /** Bytes that it holds in memory, roughly. */
    int size();

    /** Overwrites what is secret in it; called instead of {@link #resolve()}. */
    void discard();
}
