package dev.tlscope.analyzer.work;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Writes on a thread of its own, in order: a pipe holds less than a piece, and who gives the pieces has better things to do than to
 * wait until its reader has taken each. Few are waiting at any time.
 */
public final class OutputBehind implements AutoCloseable {
    private static final int MOST_WAITING = 8;

    private final OutputStream out;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(OutputBehind::thread);
    private final Queue<Future<?>> waiting = new ArrayDeque<>();
    /** The writer's own: what came before is not there, so nothing may follow. */
    private boolean failed;

    /** Onto a stream, which nobody else may use until {@link #flush} has returned. */
    public OutputBehind(OutputStream out) {
        this.out = out;
    }

    /**
     * Takes the next piece, which nobody may change any more.
     *
     * @throws IOException when an earlier one could not be written
     */
    public void write(ByteArrayOutputStream piece) throws IOException {
        waiting.add(writer.submit(() -> {
            writeNow(piece);
            return null;
        }));
        while (waiting.size() > MOST_WAITING) {
            awaitFirst();
        }
    }

    /** Returns when all is written. */
    public void flush() throws IOException {
        while (!waiting.isEmpty()) {
            awaitFirst();
        }
        out.flush();
    }

    /** What was not flushed may be left out. */
    @Override
    public void close() {
        writer.shutdownNow();
    }

    private void writeNow(ByteArrayOutputStream piece) throws IOException {
        if (!failed) {
            failed = true;
            piece.writeTo(out);
            failed = false;
        }
    }

    private void awaitFirst() throws IOException {
        try {
            waiting.remove().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException thrown) {
                throw thrown;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "tlscope writer");
        thread.setDaemon(true);
        return thread;
    }
}
