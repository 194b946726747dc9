package dev.tlscope.agent.record;

import org.jspecify.annotations.Nullable;

/** The application's threads at one engine: those that pass application data, and the one that runs a delegated task. */
public final class EngineUse {
    private final ThreadUse wrapping = new ThreadUse();
    private final ThreadUse unwrapping = new ThreadUse();
    private volatile @Nullable Thread task;

    EngineUse() {}

    /**
     * Notes that a thread passes application data through the engine.
     *
     * @param thread its identity, not 0
     * @return whether the thread's stack is to be recorded, because several threads use the engine
     */
    public synchronized boolean passes(boolean sent, int thread) {
        return (sent ? wrapping : unwrapping).passes(thread);
    }

    /** Notes that a delegated task begins on this thread. */
    public void taskBegins() {
        task = Thread.currentThread();
    }

    /** Notes that the delegated task ended. */
    public void taskEnds() {
        task = null;
    }

    /** The thread on which a delegated task has begun and not ended; null when there is none. */
    public @Nullable Thread taskThread() {
        return task;
    }
}
