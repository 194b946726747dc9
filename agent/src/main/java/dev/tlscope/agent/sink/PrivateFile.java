package dev.tlscope.agent.sink;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;

/** Files that are made exclusively, with mode 0600; no symbolic link is followed. */
public final class PrivateFile {
    private PrivateFile() {}

    /**
     * Makes a file and opens it for appending. The JVM's threads may interrupt the one that writes, which would close a channel, but
     * not this plain stream.
     *
     * @throws java.nio.file.FileAlreadyExistsException when there is a file of that name
     */
    public static OutputStream create(Path path) throws IOException {
        make(path);
        return open(new PathIdentity(path));
    }

    static void make(Path path) throws IOException {
        Set<OpenOption> options = new HashSet<>();
        options.add(StandardOpenOption.CREATE_NEW);
        options.add(StandardOpenOption.WRITE);
        options.add(LinkOption.NOFOLLOW_LINKS);
        FileAttribute<?>[] privately =
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        Files.newByteChannel(path, options, privately).close();
    }

    /** Checks the identity, because the stream would follow a symbolic link that was created meanwhile. */
    static FileOutputStream open(PathIdentity made) throws IOException {
        FileOutputStream out = new FileOutputStream(made.path().toFile(), true);
        if (!made.isSame()) {
            out.close();
            throw new IOException(made.path() + " was replaced while it was opened");
        }
        return out;
    }
}
