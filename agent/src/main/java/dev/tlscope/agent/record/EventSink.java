package dev.tlscope.agent.record;

/** Where recorded events go. Never blocks and never throws. */
public interface EventSink {
    /** Takes an event over, or drops and counts it when too much is waiting already. */
    void offer(QueuedEvent queued);
}
