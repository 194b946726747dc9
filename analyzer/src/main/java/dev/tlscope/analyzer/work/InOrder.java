package dev.tlscope.analyzer.work;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Processes work on other threads, in batches, while one thread adds more. The results are passed to that thread, in
 * the order in which it added the work. The queue is short.
 */
public final class InOrder<W, R> implements AutoCloseable {
    /** A batch has at most this many pieces, or about this many bytes. */
    private static final int MOST_TOGETHER = 32;

    private static final long MOST_BYTES_TOGETHER = 2 << 20;
    private static final int MOST_THREADS = 4;

    private final Function<? super List<W>, ? extends R> work;
    private final Tasks<R> tasks;
    private List<W> together = new ArrayList<>(MOST_TOGETHER);
    private long bytesTogether;

    /**
     * Starts without work.
     *
     * @param work processes a batch, on any thread
     * @param results receives each result on the thread that adds work, during a call of this object
     */
    public InOrder(Function<? super List<W>, ? extends R> work, Consumer<? super R> results) {
        this.work = work;
        int threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
        tasks = new Tasks<>("tlscope worker", threads, 2 * threads, results);
    }

    /**
     * Adds a piece of work. An exception in one is thrown by a later call of this object.
     *
     * @param bytes memory that the piece takes, approximately
     */
    public void add(W piece, long bytes) {
        together.add(piece);
        bytesTogether += bytes;
        if (together.size() >= MOST_TOGETHER || bytesTogether >= MOST_BYTES_TOGETHER) {
            submit();
        }
    }

    /** Returns when all work is done and all results are delivered. */
    public void await() {
        if (!together.isEmpty()) {
            submit();
        }
        tasks.await();
    }

    /** Drops unfinished work. */
    @Override
    public void close() {
        tasks.close();
    }

    private void submit() {
        List<W> pieces = together;
        together = new ArrayList<>(MOST_TOGETHER);
        bytesTogether = 0;
        tasks.add(() -> work.apply(pieces));
    }
}
