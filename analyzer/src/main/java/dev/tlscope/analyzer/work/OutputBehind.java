package dev.tlscope.analyzer.work;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * Writes to a stream on its own thread, in order, so that the caller need not wait for the reader of a pipe, which
 * holds less than one piece. The queue is short.
 */
public final class OutputBehind implements AutoCloseable {
    private static final int MOST_WAITING = 8;

    private final OutputStream out;
    private final Tasks<Boolean> writer = new Tasks<>("tlscope writer", 1, MOST_WAITING, written -> {});
    /** Used only on the writer's thread: after a failed write nothing may follow. */
    private boolean failed;

    /** Writes to a stream that nothing else may use until {@link #flush} has returned. */
    public OutputBehind(OutputStream out) {
        this.out = out;
    }

    /**
     * Queues a piece, which must not be changed any more.
     *
     * @throws IOException if an earlier piece could not be written
     */
    public void write(ByteArrayOutputStream piece) throws IOException {
        try {
            writer.add(() -> writeNow(piece));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Returns when everything is written. */
    public void flush() throws IOException {
        try {
            writer.await();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        out.flush();
    }

    /** Drops pieces that were not flushed. */
    @Override
    public void close() {
        writer.close();
    }

    /** Writes a piece; false if an earlier one could not be written. */
    private boolean writeNow(ByteArrayOutputStream piece) {
        if (failed) {
            return false;
        }
        failed = true;
        try {
            piece.writeTo(out);
            failed = false;
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
