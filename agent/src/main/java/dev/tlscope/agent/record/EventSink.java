package dev.tlscope.agent.record;

/** Takes recorded events. It never blocks and never throws. */
public interface EventSink {
    /** Takes an event, or drops and counts it when too much is queued already. */
    void offer(QueuedEvent queued);
}
