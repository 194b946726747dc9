package dev.tlscope.agent.record;

import dev.tlscope.capture.Event;
import org.jspecify.annotations.Nullable;

/** An event in the queue. The writer's thread completes it, so that the application's threads do not do work that takes time. */
public interface QueuedEvent {
    /** The event as it is to be written, or null when there is nothing to write. Called once, on the writer's thread. */
    @Nullable
    Event resolve();

    /** True for a secret, which has to be in the file before the records that it decrypts. */
    boolean isSecret();

    /** True for events that are kept of a failed connection whatever else is discarded: who it is, and how it failed. */
    default boolean isEssential() {
        return false;
    }

    /** Bytes that it takes in memory, approximately. */
    int size();

    /** Overwrites a secret in it. Called instead of {@link #resolve()}, and after the event was written. */
    void discard();
}
