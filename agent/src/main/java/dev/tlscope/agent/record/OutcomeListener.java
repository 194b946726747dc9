package dev.tlscope.agent.record;

/** Hears how handshakes end. The recorder knows one, and none of those behind it. It never throws. */
public interface OutcomeListener {
    /**
     * Whether the calling thread's handshake is wanted. Called on the application's threads, within the stack's locks: it must not
     * block.
     */
    boolean wants(boolean failed);

    /** A handshake that was wanted has ended. Called on the writer's thread, after the handshake's events were written. */
    void ended(HandshakeOutcome outcome);
}
