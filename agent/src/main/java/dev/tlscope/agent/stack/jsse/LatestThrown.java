package dev.tlscope.agent.stack.jsse;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The last exceptions of a few threads, as text: a library that throws an exception about a connection and closes it
 * does both on one thread. It holds references neither to the threads nor to the exceptions.
 */
final class LatestThrown {
    private static final int SLOTS = 32;

    private final AtomicReferenceArray<Thrown> latest = new AtomicReferenceArray<>(SLOTS);

    private static final class Thrown {
        private final long thread;
        private final long nanos;
        private final String words;

        Thrown(long thread, long nanos, String words) {
            this.thread = thread;
            this.nanos = nanos;
            this.words = words;
        }
    }

    /**
     * Records that a thread created an exception.
     *
     * @param nanos the time, nanoseconds since 1970-01-01T00:00:00Z
     * @param words {@code class: message}
     */
    void add(long thread, long nanos, String words) {
        latest.set(slot(thread), new Thrown(thread, nanos, words));
    }

    /** The text of the exception that this thread created since then, returned once; null if there is none. */
    @Nullable
    String take(long thread, long sinceNanos) {
        Thrown thrown = latest.get(slot(thread));
        if (thrown == null || thrown.thread != thread) {
            return null;
        }
        latest.compareAndSet(slot(thread), thrown, null);
        return thrown.nanos < sinceNanos ? null : thrown.words;
    }

    private static int slot(long thread) {
        return (int) (thread % SLOTS);
    }
}
