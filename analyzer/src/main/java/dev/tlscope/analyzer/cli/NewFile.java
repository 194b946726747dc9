package dev.tlscope.analyzer.cli;

import dev.tlscope.analyzer.file.FileTrouble;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/**
 * A file that only its owner can read (0600). It gets its name when it is complete, and replaces another file only on
 * request. Symbolic links are not followed.
 */
final class NewFile implements AutoCloseable {
    private final Path target;
    private final Path part;
    private final boolean force;
    private final OutputStream stream;

    private NewFile(Path target, Path part, boolean force) throws IOException {
        this.target = target;
        this.part = part;
        this.force = force;
        part.toFile().deleteOnExit(); // for Ctrl-C, after which nothing closes it
        this.stream = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16);
    }

    /** Why it cannot be written, and what to do. */
    static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1;

        RefusedException(String message) {
            super(message);
        }
    }

    static NewFile create(Path target, boolean force) throws IOException {
        Path absolute = target.toAbsolutePath();
        if (target.toString().isEmpty() || target.toString().equals("-")) {
            throw new RefusedException("-o needs the name of a file");
        }
        if (Files.isDirectory(absolute)) {
            throw new RefusedException(target + " is a directory; name a file in it");
        }
        if (!force && Files.exists(absolute, LinkOption.NOFOLLOW_LINKS)) {
            throw new RefusedException(target + " exists already; name another, or replace it with --force");
        }
        if (Files.exists(absolute, LinkOption.NOFOLLOW_LINKS)
                && !Files.isRegularFile(absolute, LinkOption.NOFOLLOW_LINKS)) {
            throw new RefusedException(target + " is a link or device, not a file, and is left as it is; name a file");
        }
        Path directory = Objects.requireNonNull(absolute.getParent(), "the root, a directory");
        try {
            // Files.createTempFile creates it with mode 0600
            return new NewFile(absolute, Files.createTempFile(directory, ".tlscope-", ".part"), force);
        } catch (IOException e) {
            throw new RefusedException(
                    "no file can be made in " + directory + ": " + FileTrouble.writing(directory, e));
        }
    }

    OutputStream stream() {
        return stream;
    }

    /** Gives the complete file its name. */
    void keep() throws IOException {
        stream.close();
        if (force) {
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        try {
            Files.move(part, target);
        } catch (FileAlreadyExistsException e) {
            throw new RefusedException(target + " exists already; name another, or replace it with --force");
        }
    }

    /** Deletes the file, unless {@link #keep} was called. */
    @Override
    public void close() throws IOException {
        stream.close();
        Files.deleteIfExists(part);
    }
}
