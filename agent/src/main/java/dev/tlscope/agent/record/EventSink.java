package dev.tlscope.agent.record;

/** Receives recorded events. It never blocks and never throws. */
public interface EventSink {
    /** Queues an event, or drops and counts it when the queue is full. */
    void offer(QueuedEvent queued);
}
