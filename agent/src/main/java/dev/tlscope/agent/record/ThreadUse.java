package dev.tlscope.agent.record;

/**
 * Whether more than one thread passes records of one direction through an engine, and whose stack is worth its price: of a
 * connection that one thread serves, none; once a second thread has come, that of the next few calls, which are both threads'.
 * Guarded by its {@link Connection}.
 */
final class ThreadUse {
    /** A connection that a pool serves, each call on another thread, is no misuse and must stay cheap. */
    private static final int MOST_STACKS = 4;

    private int first;
    private boolean shared;
    private int taken;

    /**
     * A thread passes a record.
     *
     * @param thread its identity, not 0
     * @return whether its stack is wanted
     */
    boolean passes(int thread) {
        if (first == 0) {
            first = thread;
        }
        shared |= thread != first;
        return shared && taken++ < MOST_STACKS;
    }
}
