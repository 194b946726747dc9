package dev.tlscope.analyzer.work;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * Writes on a thread of its own, in order: a pipe holds less than a piece, and who gives the pieces has better things to do than to
 * wait until its reader has taken each. Few are waiting at any time.
 */
public final class OutputBehind implements AutoCloseable {
    private static final int MOST_WAITING = 8;

    private final OutputStream out;
    private final Tasks<Boolean> writer = new Tasks<>("tlscope writer", 1, MOST_WAITING, written -> {});
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
        try {
            writer.add(() -> writeNow(piece));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Returns when all is written. */
    public void flush() throws IOException {
        try {
            writer.await();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        out.flush();
    }

    /** What was not flushed may be left out. */
    @Override
    public void close() {
        writer.close();
    }

    /** False when an earlier piece could not be written. */
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
