package dev.tlscope.agent.record;

import dev.tlscope.capture.Event;

/**
 * The TLS stack that created a connection. It performs what needs the stack's own objects. Called on the application's
 * threads.
 */
public interface ConnectionOwner {
    /**
     * Records the CONNECTION event again, because the connection's address became known after the event was written.
     */
    void describeAgain(Connection connection);

    /** Writes into a FAILURE which side had to act next, as far as the stack's objects still exist. */
    void describeTurn(Connection connection, Event failure);

    /** Called when the application closed the socket below the connection's engine. */
    void socketClosed(Connection connection);
}
