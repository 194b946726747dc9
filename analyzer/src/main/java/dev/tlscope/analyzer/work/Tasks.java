package dev.tlscope.analyzer.work;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** What daemon threads do while one goes on giving it: the results come back to that one, in the order in which it gave the tasks. */
final class Tasks<R> implements AutoCloseable {
    private final ExecutorService threads;
    private final int most;
    private final Consumer<? super R> results;
    private final Queue<Future<? extends R>> waiting = new ArrayDeque<>();

    /**
     * None yet.
     *
     * @param name of the threads
     * @param most how many tasks may be waiting or at work
     * @param results takes them on the thread that gives the tasks, within a call to this
     */
    Tasks(String name, int threads, int most, Consumer<? super R> results) {
        this.threads = Executors.newFixedThreadPool(threads, work -> thread(name, work));
        this.most = most;
        this.results = results;
    }

    /** Takes the next task. What goes wrong in one, unchecked, is thrown at a later call here. */
    void add(Callable<? extends R> task) {
        waiting.add(threads.submit(task));
        while (waiting.size() > most || isFirstDone()) {
            handOn();
        }
    }

    /** Returns when all is done and handed on. */
    void await() {
        while (!waiting.isEmpty()) {
            handOn();
        }
    }

    /** What was not awaited is left undone. */
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
            results.accept(waiting.remove().get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static Thread thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
