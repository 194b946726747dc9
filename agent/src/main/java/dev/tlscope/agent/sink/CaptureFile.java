package dev.tlscope.agent.sink;

import dev.tlscope.agent.record.ReferencedEvents;
import dev.tlscope.capture.CaptureWriter;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import dev.tlscope.seal.Recipient;
import dev.tlscope.seal.SealedOutput;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One capture file, created exclusively, with mode 0600, and without following a symbolic link. Used only by the
 * writer's thread. Any thread of the JVM may interrupt that thread, which would close a channel, but not a plain
 * stream.
 */
final class CaptureFile implements Closeable {
    private static final String SUFFIX = ".pcapng";

    /** The ends of its possible names, as a pattern of the file system. */
    static final String NAMES = SUFFIX + "{," + SealedOutput.SUFFIX + "}";

    private final PathIdentity place;
    private final FileOutputStream out;

    /** Between the writer and the file; null when the file is not sealed. */
    private final @Nullable SealedOutput sealed;

    private final CaptureWriter writer;
    private final ReferencedEvents references;

    /** Numbers of the referenced events that are in the file. */
    private final Set<Long> written = new HashSet<>();

    private final Map<Long, UnclosedConnection> open = new HashMap<>();

    /** Its bytes before the first event of its own. */
    private final long begun;

    /**
     * Creates the file.
     *
     * @param opening the events with which the file begins
     * @param references has the events that others refer to
     * @param recipient for whom it is encrypted; null when it is not
     * @throws java.nio.file.FileAlreadyExistsException if a file of that name exists
     */
    CaptureFile(Path path, List<Event> opening, ReferencedEvents references, @Nullable Recipient recipient)
            throws IOException {
        this.references = references;
        PrivateFile.make(path);
        FileOutputStream opened = null;
        try {
            this.place = new PathIdentity(path);
            opened = PrivateFile.open(place);
            this.out = opened;
            DirectoryLimit.mark(opened);
            this.sealed = recipient == null ? null : new SealedOutput(opened, recipient);
            this.writer = new CaptureWriter(sealed == null ? opened : sealed);
            for (Event event : opening) {
                writer.write(event);
            }
        } catch (IOException e) {
            // Nothing is in it yet, and each attempt on a full disk would leave another.
            if (opened != null) {
                opened.close();
            }
            Files.deleteIfExists(path);
            throw e;
        }
        this.begun = bytes();
    }

    /** What follows the number in its name. */
    static String suffix(@Nullable Recipient recipient) {
        return recipient == null ? SUFFIX : SUFFIX + SealedOutput.SUFFIX;
    }

    Path path() {
        return place.path();
    }

    /** Whether the file still exists under its name with all that was written: {@code > FILE} and copytruncate of logrotate empty it in place. */
    boolean isWhole() {
        return place.isSame() && place.path().toFile().length() >= bytes();
    }

    /** Bytes written so far; of a sealed file, in whole segments. */
    long bytes() {
        return sealed == null ? writer.bytes() : sealed.written();
    }

    /** Whether a connection that has not closed began in this file. */
    boolean holds(long connection) {
        return open.containsKey(connection);
    }

    boolean holdsAny() {
        return !open.isEmpty();
    }

    /** Whether a connection that began in this file can continue in another. */
    boolean mayMove(long connection) {
        UnclosedConnection at = open.get(connection);
        return at != null && at.mayMove();
    }

    /** The connections that have not closed, which another file continues. */
    Map<Long, UnclosedConnection> open() {
        return open;
    }

    /** Continues a connection that began in an earlier file. */
    void take(UnclosedConnection connection) throws IOException {
        Event repeated = connection.repeated();
        if (repeated != null) {
            write(repeated);
        }
    }

    void write(Event event) throws IOException {
        if (event.type() == EventType.CLOSED) {
            open.remove(event.connection());
        } else if (event.connection() != 0) {
            open.computeIfAbsent(event.connection(), number -> new UnclosedConnection())
                    .add(event);
        }
        writeReferenced(event.number(Field.CONFIGURATION, 0));
        writer.write(event);
    }

    /** Writes the event that another one refers to, once and before it, after the events that it refers to itself. */
    private void writeReferenced(long number) throws IOException {
        Event referenced = number > 0 && written.add(number) ? references.event(number) : null;
        if (referenced != null) {
            writeReferenced(referenced.number(Field.ENVIRONMENT, 0));
            writeReferenced(referenced.number(Field.KEY_MANAGER_NUMBER, 0));
            writeReferenced(referenced.number(Field.TRUST_MANAGER_NUMBER, 0));
            writer.write(referenced);
        }
    }

    void flush() throws IOException {
        writer.flush();
    }

    /** Closes the file after a failed write, without the part of the event that was written last; deletes it if no event is in it. */
    void abandon() {
        if (sealed != null) {
            sealed.forget();
        }
        try {
            if (isWhole()) {
                out.getChannel().truncate(bytes());
            }
            out.close();
            if (bytes() == begun && place.isSame()) {
                Files.delete(place.path());
            }
        } catch (IOException e) {
            // the file ends within an event, which readers say
        }
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
