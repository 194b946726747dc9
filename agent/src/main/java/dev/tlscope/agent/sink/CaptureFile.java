package dev.tlscope.agent.sink;

import dev.tlscope.agent.record.Parts;
import dev.tlscope.capture.CaptureWriter;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The capture's file, made when the first event comes: 0600, created exclusively, no symbolic link followed. Used by the
 * writer's thread alone, but for {@link #files()} and {@link #bytes()}.
 */
public final class CaptureFile implements Closeable {
    private final Path directory;
    private final String prefix;
    private final Supplier<Event> opening;
    private final Parts parts;
    /** Numbers of the parts that stand in the file. */
    private final Set<Long> written = new HashSet<>();

    private @Nullable CaptureWriter writer;
    private volatile @Nullable Path path;
    private volatile long bytes;

    /**
     * @param prefix what the name begins with; a number and {@code .pcapng} follow
     * @param opening makes the file's first event
     * @param parts has what events refer to
     */
    public CaptureFile(Path directory, String prefix, Supplier<Event> opening, Parts parts) {
        this.directory = directory;
        this.prefix = prefix;
        this.opening = opening;
        this.parts = parts;
    }

    /** The files written so far. */
    public List<String> files() {
        Path current = path;
        return current == null ? Collections.<String>emptyList() : Collections.singletonList(current.toString());
    }

    /** Bytes written so far. */
    public long bytes() {
        return bytes;
    }

    /** The file, or the directory while there is none. */
    Path path() {
        Path current = path;
        return current == null ? directory : current;
    }

    void write(Event event) throws IOException {
        CaptureWriter current = writer;
        if (current == null) {
            current = new CaptureWriter(create());
            writer = current;
            current.write(opening.get());
        }
        writePart(current, event.number(Field.CONFIGURATION, 0));
        current.write(event);
        bytes = current.bytes();
    }

    /** What an event refers to stands before it, once, and before that what it refers to itself. */
    private void writePart(CaptureWriter to, long number) throws IOException {
        Event part = number > 0 && written.add(number) ? parts.part(number) : null;
        if (part != null) {
            writePart(to, part.number(Field.ENVIRONMENT, 0));
            writePart(to, part.number(Field.KEY_MANAGER_NUMBER, 0));
            writePart(to, part.number(Field.TRUST_MANAGER_NUMBER, 0));
            to.write(part);
        }
    }

    void flush() throws IOException {
        if (writer != null) {
            writer.flush();
            bytes = writer.bytes();
        }
    }

    @Override
    public void close() throws IOException {
        if (writer != null) {
            writer.close();
            bytes = writer.bytes();
        }
    }

    private OutputStream create() throws IOException {
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
        for (int number = 1; ; number++) {
            Path candidate = directory.resolve(prefix + number + ".pcapng");
            try {
                OutputStream out = Channels.newOutputStream(Files.newByteChannel(candidate, options, privately));
                path = candidate;
                return out;
            } catch (FileAlreadyExistsException e) {
                if (number == 10_000) {
                    throw e;
                }
            }
        }
    }
}
