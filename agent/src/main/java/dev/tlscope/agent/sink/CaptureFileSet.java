package dev.tlscope.agent.sink;

import dev.tlscope.agent.record.ReferencedEvents;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.seal.Recipient;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The capture's files. The first is created for the first event. When a file has reached its size, connections that
 * begin from then on go into the next one; a connection that began in the old file stays there, so that each file can
 * be read by itself, until the file has several times its size. The connection then continues in the next file, where
 * its CONNECTION event is repeated. Beyond a number of files or bytes in the directory the oldest is deleted, so that services
 * that keep failing do not fill its disk. Used only by the writer's thread, except for {@link #files()}, {@link #bytes()},
 * {@link #deleted()} and {@link #lost()}.
 */
public final class CaptureFileSet implements Closeable {
    /** Files that may wait for their last connections to close; one more ends the wait of the oldest. */
    private static final int MOST_WAITING = 4;

    /** Multiple of its size that a file may reach before its connections continue in the next one. */
    private static final int MOST_SIZES = 4;

    private static final int MOST_NUMBER = 1_000_000;

    /** How long a file that was removed or replaced may go unnoticed. */
    private static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** How often the counts are written while there are events, and while there are none. */
    private static final long COUNT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final long IDLE_COUNT_NANOS = TimeUnit.MINUTES.toNanos(5);

    private final CheckedDirectory directory;
    private final String prefix;
    private final long rotate;
    private final DirectoryLimit limit;
    private final Supplier<List<Event>> opening;
    private final Supplier<@Nullable Event> counts;
    private final ReferencedEvents references;
    private final @Nullable Recipient recipient;

    private @Nullable CaptureFile current;
    private final Deque<CaptureFile> waiting = new ArrayDeque<>();
    private final Deque<Path> kept = new ArrayDeque<>();

    /** The unclosed connections of files that were closed. */
    private final Map<Long, UnclosedConnection> unclosed = new HashMap<>();

    private int number;
    private long endedBytes;

    /** {@link #bytes} when the directory's limit was looked at last. */
    private long limited;

    private long checked = System.nanoTime();
    private long counted = System.nanoTime();
    private boolean writtenSinceCounts;

    private volatile List<String> files = Collections.emptyList();
    private volatile long bytes;
    private final AtomicLong deleted = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();

    /**
     * @param prefix beginning of the names, followed by a number and a suffix
     * @param rotate size in bytes at which the next file begins
     * @param limit what the directory may hold
     * @param opening creates the events with which a file begins
     * @param counts creates the event with the counts so far; null to leave it out
     * @param references has the events that others refer to
     * @param recipient for whom the files are encrypted; null when they are not
     * @throws IOException if the directory does not exist
     */
    public CaptureFileSet(
            Path directory,
            String prefix,
            long rotate,
            DirectoryLimit limit,
            Supplier<List<Event>> opening,
            Supplier<@Nullable Event> counts,
            ReferencedEvents references,
            @Nullable Recipient recipient)
            throws IOException {
        this.directory = new CheckedDirectory(directory);
        this.prefix = prefix;
        this.rotate = rotate;
        this.limit = limit;
        this.opening = opening;
        this.counts = counts;
        this.references = references;
        this.recipient = recipient;
    }

    /** The files that exist, oldest first. */
    public List<String> files() {
        return files;
    }

    /** Bytes written so far, to deleted files too. */
    public long bytes() {
        return bytes;
    }

    /** Files deleted so far. */
    public long deleted() {
        return deleted.get();
    }

    /** Files that were removed, replaced or cut short while they were written, so far. */
    public long lost() {
        return lost.get();
    }

    /** The current file; the directory before the first file is created. */
    Path path() {
        return current == null ? directory.path() : current.path();
    }

    void write(Event event) throws IOException {
        checkNowAndThen();
        CaptureFile file = of(event);
        file.write(event);
        writtenSinceCounts = true;
        endIfDone(file);
        count();
        if (bytes - limited > limit.step()) {
            limit();
        }
    }

    void flush() throws IOException {
        checkNowAndThen();
        countNowAndThen();
        if (current != null) {
            current.flush();
        }
        for (CaptureFile file : waiting) {
            file.flush();
        }
        count();
    }

    /** Writes the counts as well, because the JVM may exit. */
    void settle() throws IOException {
        if (current != null) {
            writeCounts(current);
        }
        flush();
    }

    /** Closes files that no longer exist under their names, or were cut short; the next event begins a new file. */
    void check() throws IOException {
        checked = System.nanoTime();
        CaptureFile latest = current;
        if (latest != null && !latest.isWhole()) {
            current = null;
            lose(latest);
        }
        for (Iterator<CaptureFile> each = waiting.iterator(); each.hasNext(); ) {
            CaptureFile file = each.next();
            if (!file.isWhole()) {
                each.remove();
                lose(file);
            }
        }
    }

    /** Closes the files after a failed write; their connections go on in the next one. */
    void abandon() {
        List<CaptureFile> failed = new ArrayList<>(waiting);
        waiting.clear();
        CaptureFile latest = current;
        if (latest != null) {
            failed.add(latest);
            current = null;
        }
        for (CaptureFile file : failed) {
            file.abandon();
            endedBytes += file.bytes();
            unclosed.putAll(file.open());
        }
        count();
    }

    /** Begins a new file, which shows whether writing is possible again. */
    void resume() throws IOException {
        newest();
        count();
    }

    @Override
    public void close() throws IOException {
        while (!waiting.isEmpty()) {
            end(waiting.remove());
        }
        if (current != null) {
            writeCounts(current);
            current.close();
        }
        count();
    }

    /**
     * True soon after something was written, and at long intervals while nothing is, because completed handshakes
     * change the counts too.
     */
    private void countNowAndThen() throws IOException {
        long now = System.nanoTime();
        if (current != null && now - counted > (writtenSinceCounts ? COUNT_NANOS : IDLE_COUNT_NANOS)) {
            writeCounts(current);
        }
    }

    private void writeCounts(CaptureFile file) throws IOException {
        Event event = counts.get();
        if (event != null) {
            file.write(event);
        }
        counted = System.nanoTime();
        writtenSinceCounts = false;
    }

    private void checkNowAndThen() throws IOException {
        if (System.nanoTime() - checked > CHECK_NANOS) {
            check();
        }
    }

    private void lose(CaptureFile file) throws IOException {
        lost.incrementAndGet();
        kept.remove(file.path());
        list();
        end(file);
    }

    private CaptureFile of(Event event) throws IOException {
        long connection = event.connection();
        CaptureFile holder = holder(connection);
        boolean stays = holder != null
                && (holder.bytes() / MOST_SIZES < rotate
                        || event.type() == EventType.CLOSED
                        || !holder.mayMove(connection));
        if (holder != null && stays) {
            return holder;
        }
        CaptureFile next = newest();
        UnclosedConnection moved = unclosed.remove(connection);
        if (holder != null) {
            moved = holder.open().remove(connection);
            endIfDone(holder);
        }
        if (moved != null) {
            next.take(moved);
        }
        return next;
    }

    private @Nullable CaptureFile holder(long connection) {
        for (CaptureFile file : waiting) {
            if (file.holds(connection)) {
                return file;
            }
        }
        return current != null && current.holds(connection) ? current : null;
    }

    private CaptureFile newest() throws IOException {
        CaptureFile latest = current;
        if (latest != null) {
            if (latest.bytes() < rotate) {
                return latest;
            }
            current = null;
            retire(latest);
        }
        CaptureFile next = create();
        current = next;
        limit();
        return next;
    }

    private void endIfDone(CaptureFile file) throws IOException {
        if (!file.holdsAny() && waiting.remove(file)) {
            end(file);
        }
    }

    private void retire(CaptureFile full) throws IOException {
        if (full.holdsAny()) {
            waiting.add(full);
            if (waiting.size() > MOST_WAITING) {
                end(waiting.remove());
            }
        } else {
            end(full);
        }
    }

    private void end(CaptureFile file) throws IOException {
        try {
            writeCounts(file);
        } finally {
            file.close();
        }
        endedBytes += file.bytes();
        unclosed.putAll(file.open());
    }

    private void count() {
        long sum = endedBytes;
        if (current != null) {
            sum += current.bytes();
        }
        for (CaptureFile file : waiting) {
            sum += file.bytes();
        }
        bytes = sum;
    }

    private CaptureFile create() throws IOException {
        directory.check();
        while (true) {
            number++;
            Path candidate = directory.path().resolve(prefix + number + CaptureFile.suffix(recipient));
            try {
                CaptureFile made = new CaptureFile(candidate, opening.get(), references, recipient);
                kept.add(candidate);
                list();
                return made;
            } catch (FileAlreadyExistsException e) {
                if (number >= MOST_NUMBER) {
                    throw e;
                }
            }
        }
    }

    private void list() {
        List<String> names = new ArrayList<>();
        for (Path path : kept) {
            names.add(path.toString());
        }
        files = Collections.unmodifiableList(names);
    }

    /** Deletes what is too much in the directory, of whichever JVM. */
    private void limit() throws IOException {
        flush();
        limited = bytes;
        Set<Path> own = new HashSet<>();
        for (CaptureFile file : waiting) {
            own.add(file.path());
        }
        CaptureFile latest = current;
        Path newest = latest == null ? null : latest.path();
        if (newest != null) {
            own.add(newest);
        }
        deleted.addAndGet(limit.enforce(own, newest, this::endWaiting));
        if (kept.removeIf(file -> Files.notExists(file))) {
            list();
        }
    }

    private void endWaiting(Path path) throws IOException {
        for (Iterator<CaptureFile> each = waiting.iterator(); each.hasNext(); ) {
            CaptureFile file = each.next();
            if (file.path().equals(path)) {
                each.remove();
                end(file);
            }
        }
    }
}
