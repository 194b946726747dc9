package dev.tlscope.agent.record;

import dev.tlscope.capture.Event;
import org.jspecify.annotations.Nullable;

/** What events refer to by number, so that it stands in a file once, before the first of them. Called by the writer's thread. */
public interface ReferencedEvents {
    /** The event with this number, or null when it is not known any more. */
    @Nullable
    Event event(long number);
}
