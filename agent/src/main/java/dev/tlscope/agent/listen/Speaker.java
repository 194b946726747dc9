package dev.tlscope.agent.listen;

import dev.tlscope.agent.sink.BareThread;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The only thread that calls the application's code to report failures: its log's appenders, its JMX listeners. Such code
 * may block, or use TLS itself; neither must touch the application's threads or the capture. The queue is bounded, and what finds no
 * room is dropped and counted. The thread is started with the first task. Nobody interrupts it: it may be within a write to the
 * application's own log file, which an interrupt would close.
 */
public final class Speaker {
    private static final int MOST_WAITING = 256;

    private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>(MOST_WAITING);
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private volatile @Nullable Thread thread;
    private volatile @Nullable String firstFailure;
    private volatile boolean stopping;
    private volatile boolean busy;

    /** Has a task done. */
    public void say(Runnable task) {
        if (stopping || !tasks.offer(task)) {
            dropped.incrementAndGet();
        } else if (thread == null) {
            start();
        }
    }

    /** True on its own thread. */
    public boolean isSpeaking() {
        return Thread.currentThread() == thread;
    }

    /** Tasks that found no room. */
    public long dropped() {
        return dropped.get();
    }

    /** The first that a task threw; null while none did. */
    public @Nullable String firstFailure() {
        return firstFailure;
    }

    /** How often a task threw something. */
    public long failures() {
        return failures.get();
    }

    /** Waits until what waits now is said, because the JVM is ending. */
    public void settle(long nanos) {
        long end = System.nanoTime() + nanos;
        while (thread != null && (busy || !tasks.isEmpty()) && System.nanoTime() < end) {
            pause();
        }
    }

    /** Ends the thread when it has said what waits, and waits some seconds for that; false when it did not end. */
    public boolean stop() {
        stopping = true;
        Thread running = thread;
        if (running == null) {
            return true;
        }
        tasks.offer(() -> {});
        try {
            running.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !running.isAlive();
    }

    private synchronized void start() {
        if (thread == null && !stopping) {
            Thread made = BareThread.of(this::run, "tlscope-listeners");
            thread = made;
            made.start();
        }
    }

    private void run() {
        while (!stopping || !tasks.isEmpty()) {
            try {
                Runnable task = tasks.poll(1, TimeUnit.SECONDS);
                if (task != null) {
                    busy = true;
                    task.run();
                }
            } catch (Throwable t) {
                failed(t);
            } finally {
                busy = false;
            }
        }
    }

    private void failed(Throwable t) {
        try {
            failures.incrementAndGet();
            if (firstFailure == null) {
                firstFailure = t.getClass().getName();
            }
        } catch (Throwable again) {
            // memory is short: the next task may succeed
        }
    }

    private static void pause() {
        java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
}
