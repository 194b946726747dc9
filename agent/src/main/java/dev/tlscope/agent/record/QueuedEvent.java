package dev.tlscope.agent.record;

import dev.tlscope.capture.Event;
import org.jspecify.annotations.Nullable;

/**
 * An event in the queue. The writer's thread completes it, so that the application's threads do no work that takes
 * time.
 */
public interface QueuedEvent {
    /** The event to write, or null when there is nothing to write. Called once, on the writer's thread. */
    @Nullable
    Event resolve();

    /** True for a secret, which has to precede the records that it decrypts in the file. */
    boolean isSecret();

    /**
     * True for the events of a failed connection that are always kept: those that identify it and describe its failure.
     */
    default boolean isEssential() {
        return false;
    }

    /**
     * The event as far as it is known, complete once it was resolved; null for a secret, and for what is no event of its own. Called
     * on the writer's thread.
     */
    default @Nullable Event known() {
        return null;
    }

    /** Bytes that it takes in memory, approximately. */
    int size();

    /** Overwrites a secret in it. Called instead of {@link #resolve()}, and after the event was written. */
    void discard();
}
