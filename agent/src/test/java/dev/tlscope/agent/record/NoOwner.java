package dev.tlscope.agent.record;

/** The owner of a connection that no stack made. */
public final class NoOwner implements ConnectionOwner {
    @Override
    public void describeAgain(Connection connection) {
        throw new AssertionError("nobody finds an address here");
    }

    @Override
    public void socketClosed(Connection connection) {
        throw new AssertionError("there is no socket here");
    }
}
