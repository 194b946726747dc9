package dev.tlscope.agent.record;

import dev.tlscope.capture.Event;

/** The TLS stack that made a connection: it does what needs the stack's own objects. Called on the application's threads. */
public interface ConnectionOwner {
    /**
     * Records the CONNECTION event again, because the connection's address became known after the event was written.
     */
    void describeAgain(Connection connection);

    /** Writes into a FAILURE whose turn the handshake was, as far as the stack's objects are still there. */
    void describeTurn(Connection connection, Event failure);

    /** The application closed the socket below the connection's engine. */
    void socketClosed(Connection connection);
}
