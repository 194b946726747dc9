package dev.tlscope.agent.record;

import dev.tlscope.capture.Event;
import org.jspecify.annotations.Nullable;

/**
 * The events to which others refer by number, so that each is in a file once, before the first event that refers to it.
 * Called on the writer's thread.
 */
public interface ReferencedEvents {
    /** The event with this number, or null when it is no longer kept. */
    @Nullable
    Event event(long number);
}
