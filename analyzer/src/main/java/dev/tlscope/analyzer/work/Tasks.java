package dev.tlscope.analyzer.work;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks on daemon threads while one thread adds more, and passes the results to that thread in the order of the
 * tasks.
 */
final class Tasks<R> implements AutoCloseable {
    private final ExecutorService threads;
    private final int most;
    private final Consumer<? super R> results;
    private final Queue<Future<? extends R>> waiting = new ArrayDeque<>();

    /** What ended a thread: without memory the pool may fail to replace it, and its tasks would never be done. */
    private volatile @Nullable Throwable ended;

    /**
     * Starts without tasks.
     *
     * @param name of the threads
     * @param most number of tasks that may be waiting or running
     * @param results receives each result on the thread that adds tasks, during a call of this object
     */
    Tasks(String name, int threads, int most, Consumer<? super R> results) {
        this.threads = Executors.newFixedThreadPool(threads, work -> thread(name, work));
        this.most = most;
        this.results = results;
    }

    /** Adds a task. An unchecked exception in one is thrown by a later call of this object. */
    void add(Callable<? extends R> task) {
        waiting.add(threads.submit(task));
        while (waiting.size() > most || isFirstDone()) {
            handOn();
        }
    }

    /** Returns when all tasks are done and all results are delivered. */
    void await() {
        while (!waiting.isEmpty()) {
            handOn();
        }
    }

    /** Drops unfinished tasks. */
    @Override
    public void close() {
        threads.shutdownNow();
    }

    private boolean isFirstDone() {
        Future<? extends R> first = waiting.peek();
        return first != null && first.isDone();
    }

    private void handOn() {
        try {
            results.accept(result(waiting.remove()));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            throw unexpected(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private R result(Future<? extends R> task) throws ExecutionException, InterruptedException {
        while (true) {
            try {
                return task.get(1, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                Throwable thrown = ended;
                if (thrown != null && !task.isDone()) {
                    throw unexpected(thrown);
                }
            }
        }
    }

    private static IllegalStateException unexpected(@Nullable Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return new IllegalStateException(thrown);
    }

    private Thread thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setUncaughtExceptionHandler((any, thrown) -> ended = thrown);
        thread.setDaemon(true);
        return thread;
    }
}
