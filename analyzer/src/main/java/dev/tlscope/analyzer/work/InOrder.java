package dev.tlscope.analyzer.work;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Work that other threads do while one goes on giving it, some pieces at a time: the results come back to that one, in the order
 * in which it gave the work. Little is waiting at any time, whatever it is.
 */
public final class InOrder<W, R> implements AutoCloseable {
    /** A thread is woken for that many, or for so many bytes. */
    private static final int MOST_TOGETHER = 32;

    private static final long MOST_BYTES_TOGETHER = 2 << 20;
    private static final int MOST_THREADS = 4;

    private final Function<? super List<W>, ? extends R> work;
    private final Tasks<R> tasks;
    private List<W> together = new ArrayList<>(MOST_TOGETHER);
    private long bytesTogether;

    /**
     * Nothing yet.
     *
     * @param work what is done with some pieces, on any thread
     * @param results takes them on the thread that gives the work, within a call to this
     */
    public InOrder(Function<? super List<W>, ? extends R> work, Consumer<? super R> results) {
        this.work = work;
        int threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
        tasks = new Tasks<>("tlscope worker", threads, 2 * threads, results);
    }

    /**
     * Takes the next piece of work. What goes wrong in one is thrown at a later call here.
     *
     * @param bytes memory that it holds, about
     */
    public void add(W piece, long bytes) {
        together.add(piece);
        bytesTogether += bytes;
        if (together.size() >= MOST_TOGETHER || bytesTogether >= MOST_BYTES_TOGETHER) {
            submit();
        }
    }

    /** Returns when all is done and handed on. */
    public void await() {
        if (!together.isEmpty()) {
            submit();
        }
        tasks.await();
    }

    /** What was not awaited is left undone. */
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
