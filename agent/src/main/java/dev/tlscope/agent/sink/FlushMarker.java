package dev.tlscope.agent.sink;

import dev.tlscope.agent.record.QueuedEvent;
import dev.tlscope.capture.Event;
import org.jspecify.annotations.Nullable;

/** Marks a position in the queue: when the writer reaches it, everything that was queued before is in the file. */
final class FlushMarker implements QueuedEvent {
    private volatile boolean passed;

    boolean isPassed() {
        return passed;
    }

    @Override
    public @Nullable Event resolve() {
        return null;
    }

    @Override
    public boolean isSecret() {
        return false;
    }

    @Override
    public int size() {
        return 0;
    }

    @Override
    public void discard() {
        passed = true;
    }
}
