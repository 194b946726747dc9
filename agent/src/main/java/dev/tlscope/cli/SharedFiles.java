package dev.tlscope.cli;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an attach needs in a place that the target sees: an empty file for the answer and a copy of the jar. The JVM keeps that copy open
 * for its life, so it must not be a file that is overwritten by the next version, after which a JVM of JDK 8 may crash. Deleted
 * afterwards: the JVM still has it, and the next attach brings its own.
 *
 * <p>While this command waits it holds the lock of the file for the answer, which shows the agent that it is still there.
 */
final class SharedFiles implements Closeable {
    private final Path directory;
    private final Path reply;
    private final @Nullable Path copy;
    private final RandomAccessFile held;
    private final boolean locked;
    /** Ctrl-C ends this command without closing anything. */
    private final Thread atExit = new Thread(this::delete, "tlscope-exit");

    private final String jar;
    private final String replyThere;

    private SharedFiles(Path directory, String directoryThere, Path reply, @Nullable Path copy, String jar)
            throws IOException {
        this.directory = directory;
        this.reply = reply;
        this.copy = copy;
        this.jar = copy == null ? jar : directoryThere + "/" + copy.getFileName();
        this.replyThere = directoryThere + "/" + reply.getFileName();
        this.held = new RandomAccessFile(reply.toFile(), "rw");
        this.locked = lock(held);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    static SharedFiles make(@Nullable TargetProcess process, String jar) throws IOException {
        boolean shares = process == null || (process.sameFiles && process.isOwn());
        String baseThere = shares || process == null ? System.getProperty("java.io.tmpdir") : TargetProcess.TMP;
        Path base = shares || process == null ? Paths.get(baseThere) : process.seen(baseThere);
        Path directory = Files.createTempDirectory(base, "tlscope-", mode("rwx------"));
        String there = baseThere + "/" + directory.getFileName();
        Path reply = Files.createFile(directory.resolve("reply"), mode("rw-------"));
        Path copy = null;
        if (!shares && process != null) {
            process.give(reply);
        }
        try {
            copy = Files.copy(Paths.get(jar), directory.resolve("tlscope.jar"));
        } catch (IOException e) {
            if (!shares) {
                throw e;
            }
            Files.deleteIfExists(
                    directory.resolve("tlscope.jar")); // as on a full disk; the jar itself is seen there too
        }
        if (!shares && copy != null) {
            // Independently of the umask; only this user may change what is in it.
            Files.setPosixFilePermissions(copy, permissions("rw-r--r--"));
            Files.setPosixFilePermissions(directory, permissions("rwx--x--x"));
        }
        return new SharedFiles(directory, there, reply, copy, jar);
    }

    /** False on a file system without locks. */
    private static boolean lock(RandomAccessFile file) {
        try {
            return file.getChannel().tryLock() != null;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    /** Whether the agent can see that this command has ended. */
    boolean isHeld() {
        return locked;
    }

    /** The jar, as the target names it. */
    String jar() {
        return jar;
    }

    /** The file for the answer, as the target names it. */
    String reply() {
        return replyThere;
    }

    /** The answer's lines. */
    List<String> answer() throws IOException {
        if (Files.isSymbolicLink(reply) || !Files.isRegularFile(reply, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(reply + " was replaced");
        }
        return Files.readAllLines(reply, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // this JVM ends already
        }
        delete();
    }

    private void delete() {
        try {
            held.close();
        } catch (IOException e) {
            // nothing was written by it
        }
        for (Path file : new Path[] {reply, copy, directory}) {
            try {
                if (file != null) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException e) {
                // only an empty file or a copy of the jar remains
            }
        }
    }

    private static FileAttribute<?>[] mode(String mode) {
        return hasPosix()
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions(mode))}
                : new FileAttribute<?>[0];
    }

    private static Set<PosixFilePermission> permissions(String mode) {
        return PosixFilePermissions.fromString(mode);
    }

    private static boolean hasPosix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }
}
