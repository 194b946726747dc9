package dev.tlscope.analyzer.watch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that another process appends to: a read at its end waits, until the file has been idle for long or {@link
 * #giveUp}.
 */
final class GrowingFile extends InputStream {
    private static final long POLL_MILLIS = 100;
    private static final long IDLE_MILLIS = 600_000;

    private final FileChannel channel;
    private final long known;
    private long position;
    private volatile boolean givenUp;

    /**
     * Opens it.
     *
     * @param known number of bytes from the start that are not new
     */
    GrowingFile(Path file, long known) throws IOException {
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
        this.known = known;
    }

    /** True when the bytes read last are new. */
    boolean isNews() {
        return position > known;
    }

    /** Number of bytes read. */
    long position() {
        return position;
    }

    /** Ends the wait at the file's end. */
    void giveUp() {
        givenUp = true;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** Never reads across the border between known and new bytes, so that {@link #isNews} is exact. */
    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int most = position < known ? (int) Math.min(length, known - position) : length;
        for (long waited = 0; ; waited += POLL_MILLIS) {
            int count = channel.read(ByteBuffer.wrap(into, offset, most));
            if (count > 0) {
                position += count;
                return count;
            }
            if (givenUp || waited >= IDLE_MILLIS) {
                return -1;
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return -1;
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
