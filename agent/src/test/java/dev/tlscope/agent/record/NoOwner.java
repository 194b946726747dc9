package dev.tlscope.agent.record;

import dev.tlscope.capture.Event;

/** The owner of a connection that no stack created. */
public final class NoOwner implements ConnectionOwner {
    @Override
    public void describeAgain(Connection connection) {
        throw new AssertionError("nobody finds an address here");
    }

    @Override
    public void describeTurn(Connection connection, Event failure) {
        // nothing is known about it
    }

    @Override
    public void socketClosed(Connection connection) {
        throw new AssertionError("there is no socket here");
    }
}
