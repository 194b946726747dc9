package dev.tlscope.agent.control;

import dev.tlscope.agent.record.Recorder;
import dev.tlscope.agent.sink.BareThread;
import dev.tlscope.agent.sink.Spool;
import java.util.concurrent.TimeUnit;

/**
 * Writes what is queued when the JVM ends in order: the writer's thread is a daemon, and the JVM would cut it off. A shutdown
 * hook of the private loader. It delays the JVM's end until the events before it are written: for one second when nothing is
 * written, as on a disk that hangs, and for three seconds at most.
 */
final class ShutdownFlush {
    private static final long STALLED_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Thread hook;

    ShutdownFlush(Recorder recorder, Spool spool) {
        hook = BareThread.of(
                () -> {
                    try {
                        recorder.releaseAll();
                    } finally {
                        spool.settle(STALLED_NANOS, MOST_NANOS);
                    }
                },
                "tlscope-ending");
    }

    void watch() {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending already: what is queued may be lost, nothing else.
        }
    }

    /** Removes the hook after a detach: it would keep the private loader in memory. */
    void ignore() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending already, and the loader with it.
        }
    }
}
