package dev.tlscope.agent.control;

import dev.tlscope.agent.record.Recorder;
import dev.tlscope.agent.sink.BareThread;
import dev.tlscope.agent.sink.Spool;
import java.util.concurrent.TimeUnit;

/**
 * Sees to it that a JVM that ends in order leaves a whole capture: the writer's thread is a daemon and would be cut off.
 * A shutdown hook in the private loader; it holds the JVM's end up until the events that came before it are written, for one
 * second on a disk that hangs, for three at most.
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

    /** After a detach; the hook would hold the private loader. */
    void ignore() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending already, and the loader with it.
        }
    }
}
