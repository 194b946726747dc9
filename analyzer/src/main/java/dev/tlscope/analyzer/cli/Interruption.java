package dev.tlscope.analyzer.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command finish in order when the user ends it by Ctrl-C, or somebody by a signal: the JVM waits with its end until the
 * command is done, half a minute at most.
 */
final class Interruption implements AutoCloseable {
    private static final long MOST_SECONDS = 30;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::await, "tlscope interrupted");
    private volatile boolean requested;

    Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whether the user wants it to end. */
    boolean isRequested() {
        return requested;
    }

    /** The command is done, with all its output written. */
    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // it is what this was waiting for
        }
    }

    private void await() {
        requested = true;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
        try {
            while (done.getCount() > 0 && System.nanoTime() < end) {
                if (done.await(1, TimeUnit.SECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
