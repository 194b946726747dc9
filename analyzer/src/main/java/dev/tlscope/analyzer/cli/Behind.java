package dev.tlscope.analyzer.cli;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes things on a thread of its own, one after the other in their order, so that reading goes on meanwhile. What goes wrong
 * there is thrown at the next call here.
 */
final class Behind<T> implements Consumer<T>, AutoCloseable {
    /** Each may be some megabytes large, in a hostile capture. */
    private static final int MOST_WAITING = 16;

    private final BlockingQueue<Runnable> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Consumer<? super T> work;
    private final Thread thread = new Thread(this::run, "tlscope behind");
    private volatile @Nullable RuntimeException failure;
    private volatile boolean ended;

    Behind(Consumer<? super T> work) {
        this.work = work;
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void accept(T thing) {
        rethrow();
        put(() -> work.accept(thing));
    }

    /** Returns when all is done. */
    void await() {
        CountDownLatch done = new CountDownLatch(1);
        put(done::countDown);
        try {
            done.await();
        } catch (InterruptedException e) {
            throw interrupted();
        }
        rethrow();
    }

    /** What was not awaited is left undone. */
    @Override
    public void close() {
        ended = true;
        thread.interrupt();
    }

    private void put(Runnable task) {
        try {
            waiting.put(task);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private void rethrow() {
        RuntimeException thrown = failure;
        if (thrown != null) {
            throw thrown;
        }
    }

    private static IllegalStateException interrupted() {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted");
    }

    private void run() {
        while (!ended) {
            try {
                waiting.take().run();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                failure = failure == null ? e : failure;
            }
        }
    }
}
