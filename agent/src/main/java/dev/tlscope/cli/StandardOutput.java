package dev.tlscope.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import org.jspecify.annotations.Nullable;

/**
 * Standard output that remembers a failed write: the user must see a message when output is cut off, as on a full disk,
 * but not when a reader such as head has closed the pipe.
 */
final class StandardOutput extends OutputStream {
    private static final Path ITSELF = Paths.get("/proc/self/fd/1");

    /** Bits of st_mode (inode(7)): the mask of the file type, and the types that have a reader at the other end. */
    private static final int TYPE = 0170000;

    private static final int FIFO = 0010000;
    private static final int SOCKET = 0140000;

    private final OutputStream out = new FileOutputStream(FileDescriptor.out);
    private @Nullable IOException failure;

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            failure = failure == null ? e : failure;
            throw e;
        }
    }

    /** Why output is missing; null when all was written, or the reader closed its end. */
    @Nullable
    String lack() {
        IOException first = failure;
        return first == null || isPipe(first) ? null : first.getMessage();
    }

    private static boolean isPipe(IOException failure) {
        try {
            int type = (Integer) Files.getAttribute(ITSELF, "unix:mode") & TYPE;
            return type == FIFO || type == SOCKET;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return String.valueOf(failure.getMessage()).contains("Broken pipe");
        }
    }
}
