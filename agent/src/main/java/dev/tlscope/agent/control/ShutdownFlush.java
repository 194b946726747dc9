package dev.tlscope.agent.control;

import dev.tlscope.agent.record.Recorder;
import dev.tlscope.agent.sink.BareThread;
import dev.tlscope.agent.sink.Spool;
import java.util.concurrent.TimeUnit;

/**
 * Writes the queued events when the JVM exits normally: the writer's thread is a daemon, which the JVM would stop. It
 * is a shutdown hook of the private loader, and delays the JVM's exit until the earlier events are written: for one
 * second when the writer makes no progress, as on a disk that hangs, and for three seconds at most.
 */
final class ShutdownFlush {
    private static final long STALLED_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Thread hook;

    ShutdownFlush(Recorder recorder, Spool spool, OutcomeHub hub) {
        hook = BareThread.of(
                () -> {
                    try {
                        recorder.releaseAll();
                    } finally {
                        spool.settle(STALLED_NANOS, MOST_NANOS);
                        hub.settle(STALLED_NANOS);
                    }
                },
                "tlscope-ending");
    }

    void watch() {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is exiting already: only queued events may be lost.
        }
    }

    /** Removes the hook after a detach, because it would keep the private loader in memory. */
    void ignore() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is exiting already, and the loader with it.
        }
    }
}
