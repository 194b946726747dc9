package dev.tlscope.analyzer.cli;

import dev.tlscope.analyzer.file.FileSizes;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;

/**
 * Shows the progress of long work in a last line on standard error, drawn five times a second once the work has taken a
 * second; shows nothing if standard error is not a terminal.
 */
final class Progress implements AutoCloseable {
    private static final long FIRST_NANOS = 1_000_000_000L;
    private static final long NEXT_NANOS = 200_000_000L;
    private static final int WIDTH = 30;
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintWriter err;
    private final boolean shown;
    private final long total;
    private final long start = System.nanoTime();
    private final IntSupplier columns;
    private int most;
    private long done;
    private long due;
    private boolean drawn;

    private Progress(PrintWriter err, boolean shown, long total, long firstNanos, IntSupplier columns) {
        this.err = err;
        this.shown = shown && total > 0;
        this.total = total;
        this.columns = columns;
        this.due = start + firstNanos;
    }

    /**
     * The progress of reading these files.
     *
     * @param shown whether the line is visible, and nothing else writes to the same terminal meanwhile
     */
    static Progress of(List<Path> files, PrintWriter err, boolean shown) {
        return of(files, err, shown, FIRST_NANOS, Terminal::columns);
    }

    /**
     * The progress of reading these files, with a chosen delay.
     *
     * @param columns of the terminal, requested only when there is something to draw, because that starts a process
     */
    static Progress of(List<Path> files, PrintWriter err, boolean shown, long firstNanos, IntSupplier columns) {
        return new Progress(err, shown, FileSizes.of(files), firstNanos, columns);
    }

    /** Counts the bytes read through the result as done. */
    InputStream count(InputStream in) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                int value = in.read();
                done(value < 0 ? 0 : 1);
                return value;
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                int count = in.read(into, from, length);
                done(Math.max(0, count));
                return count;
            }

            @Override
            public void close() throws IOException {
                in.close();
            }
        };
    }

    void done(long bytes) {
        done += bytes;
        if (shown) {
            long now = System.nanoTime();
            if (now - due >= 0) {
                due = now + NEXT_NANOS;
                draw(now);
            }
        }
    }

    @Override
    public void close() {
        clear();
    }

    /** Removes the line until it is drawn again. */
    void clear() {
        if (drawn) {
            drawn = false;
            err.print(CLEAR_LINE);
            err.flush();
        }
    }

    private void draw(long now) {
        double part = Math.min(1, (double) done / total);
        double seconds = (now - start) / 1e9;
        int full = (int) (part * WIDTH);
        String line = String.format(
                Locale.ROOT,
                "[%s%s] %3.0f %%  %,d of %,d MB, %.0f MB/s, %.0f s left",
                "#".repeat(full),
                " ".repeat(WIDTH - full),
                100 * part,
                done / 1_000_000,
                total / 1_000_000,
                done / 1e6 / seconds,
                seconds / part - seconds);
        err.print(CLEAR_LINE + line.substring(0, Math.min(line.length(), most())));
        err.flush();
        drawn = true;
    }

    /** The maximum length: a wrapped line cannot be cleared, and not every terminal handles a full line. */
    private int most() {
        if (most == 0) {
            most = Math.max(1, columns.getAsInt() - 1);
        }
        return most;
    }
}
