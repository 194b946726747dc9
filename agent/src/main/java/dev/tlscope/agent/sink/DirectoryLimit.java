package dev.tlscope.agent.sink;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * How many captures, and how many bytes of them, a directory may hold over all JVMs that write into it and all that have: beyond that the
 * oldest is deleted, a file that a JVM still writes only when there is no other. The processes take turns by the system's lock on a file, and
 * mark what they write by a lock too, because the system releases both when a process is killed. Used only by the
 * writer's thread.
 */
public final class DirectoryLimit {
    private static final String LOCK = ".tlscope-lock";
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Path directory;
    private final long mostFiles;
    private final long mostBytes;

    /** @param mostBytes {@link Long#MAX_VALUE} for any number */
    public DirectoryLimit(Path directory, long mostFiles, long mostBytes) {
        this.directory = directory;
        this.mostFiles = mostFiles;
        this.mostBytes = mostBytes;
    }

    /** Bytes that a process may write before it looks again, so that the limit holds within a small part of it. */
    long step() {
        return Math.max(64L << 10, mostBytes / 64);
    }

    /** Marks a file as being written by this process, until it is closed or the process ends. */
    static void mark(java.io.FileOutputStream written) {
        try {
            written.getChannel().tryLock();
        } catch (IOException | OverlappingFileLockException e) {
            // a file system without locks: then the file counts as any other, the newest last
        }
    }

    /**
     * Deletes what is too much.
     *
     * @param own the files that this process writes
     * @param current the one of them that is never deleted; null while there is none
     * @param ending called for one of {@code own} before it is deleted
     * @return how many files were deleted
     */
    int enforce(Set<Path> own, @Nullable Path current, Ending ending) throws IOException {
        if (mostFiles == Long.MAX_VALUE && mostBytes == Long.MAX_VALUE) {
            return 0;
        }
        try (RandomAccessFile file = open();
                FileLock turn = turn(file)) {
            // Without a turn, as when its holder is stopped, the next look does it.
            return turn == null ? 0 : delete(own, current, ending);
        }
    }

    /** What has to be done with a file before it is deleted. */
    interface Ending {
        void end(Path file) throws IOException;
    }

    private RandomAccessFile open() throws IOException {
        Path lock = directory.resolve(LOCK);
        if (Files.notExists(lock, LinkOption.NOFOLLOW_LINKS)) {
            try {
                PrivateFile.make(lock);
            } catch (FileAlreadyExistsException e) {
                // another process was faster
            }
        }
        return new RandomAccessFile(lock.toFile(), "rw");
    }

    private static @Nullable FileLock turn(RandomAccessFile file) throws IOException {
        long begin = System.nanoTime();
        while (true) {
            try {
                FileLock lock = file.getChannel().tryLock();
                if (lock != null) {
                    return lock;
                }
            } catch (OverlappingFileLockException e) {
                // another capture of this JVM
            }
            if (System.nanoTime() - begin > PATIENCE_NANOS) {
                return null;
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
    }

    private int delete(Set<Path> own, @Nullable Path current, Ending ending) throws IOException {
        List<Entry> entries = entries();
        long count = entries.size();
        long bytes = 0;
        for (Entry entry : entries) {
            bytes += entry.bytes;
        }
        int deleted = 0;
        for (boolean written : new boolean[] {false, true}) {
            for (Entry entry : entries) {
                if (count <= mostFiles && bytes <= mostBytes) {
                    return deleted;
                }
                boolean mine = own.contains(entry.path);
                if (!entry.gone && !entry.path.equals(current) && (mine || written || !isWritten(entry.path))) {
                    if (mine) {
                        ending.end(entry.path);
                    }
                    deleted += Files.deleteIfExists(entry.path) ? 1 : 0;
                    entry.gone = true;
                    count--;
                    bytes -= entry.bytes;
                }
            }
        }
        return deleted;
    }

    /** The captures, oldest first. */
    private List<Entry> entries() throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "tlscope-*" + CaptureFile.NAMES)) {
            for (Path file : files) {
                try {
                    BasicFileAttributes attributes =
                            Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                    if (attributes.isRegularFile()) {
                        entries.add(
                                new Entry(file, attributes.lastModifiedTime().toMillis(), attributes.size()));
                    }
                } catch (IOException e) {
                    // deleted meanwhile
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        Collections.sort(
                entries,
                Comparator.comparingLong((Entry entry) -> entry.modified).thenComparing(entry -> entry.path));
        return entries;
    }

    /** Whether another process writes the file. Not to be asked of an own one: closing it would release the own lock (fcntl(2)). */
    private static boolean isWritten(Path file) {
        try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw");
                FileLock lock = opened.getChannel().tryLock()) {
            return lock == null;
        } catch (IOException | OverlappingFileLockException e) {
            return false;
        }
    }

    /** A capture in the directory. */
    private static final class Entry {
        private final Path path;
        private final long modified;
        private final long bytes;
        private boolean gone;

        Entry(Path path, long modified, long bytes) {
            this.path = path;
            this.modified = modified;
            this.bytes = bytes;
        }
    }
}
