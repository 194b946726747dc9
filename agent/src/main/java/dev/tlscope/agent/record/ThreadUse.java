package dev.tlscope.agent.record;

/**
 * Detects whether several threads pass records of one direction through an engine, and decides which of their stacks
 * are recorded: none while one thread serves the connection; from the second thread on, those of the next few calls,
 * which show both. Guarded by its {@link EngineUse}.
 */
final class ThreadUse {
    /** A thread pool may serve each call of a connection on another thread, which is no misuse and must stay cheap. */
    private static final int MOST_STACKS = 4;

    private int first;
    private boolean shared;
    private int taken;

    /**
     * Notes that a thread passes a record.
     *
     * @param thread its identity, not 0
     * @return whether its stack is to be recorded
     */
    boolean passes(int thread) {
        if (first == 0) {
            first = thread;
        }
        shared |= thread != first;
        return shared && taken++ < MOST_STACKS;
    }
}
