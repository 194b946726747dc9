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
 * Standard output, which remembers that it could not be written: that a file is cut off, as on a full disk, has to be told, and
 * that a reader such as head has seen enough must not be.
 */
final class StandardOutput extends OutputStream {
    private static final Path ITSELF = Paths.get("/proc/self/fd/1");

    /** Of st_mode (inode(7)): the type's bits, and those of what has a reader at its other end. */
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

    /** Why it does not have all that was written to it; null when it has, or when nobody wanted more of it. */
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
