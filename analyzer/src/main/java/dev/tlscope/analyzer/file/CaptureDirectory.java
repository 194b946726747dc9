package dev.tlscope.analyzer.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** A directory that is given in place of the captures in it and in its subdirectories. */
public final class CaptureDirectory {
    private static final String SUFFIX = ".pcapng";

    /** What follows the name of a capture that is encrypted, and that {@code tlscope open} decrypts. */
    public static final String SEALED = ".cms";

    private CaptureDirectory() {}

    /**
     * Its captures, sorted by name within each directory. The agent may delete one before it is read. Links to
     * directories are not followed.
     *
     * @param unreadable receives a subdirectory that cannot be read, and the reason
     * @throws IOException when the directory itself cannot be read
     */
    public static List<Path> captures(Path directory, BiConsumer<? super Path, ? super IOException> unreadable)
            throws IOException {
        List<Path> found = new ArrayList<>();
        List<Path> inner = new ArrayList<>();
        try (Stream<Path> inside = Files.list(directory)) {
            inside.sorted().forEach(entry -> {
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    inner.add(entry);
                } else if (isCapture(entry)) {
                    found.add(entry);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (Path entry : inner) {
            try {
                found.addAll(captures(entry, unreadable));
            } catch (IOException e) {
                unreadable.accept(entry, e);
            }
        }
        return found;
    }

    /** A sealed one that was opened beside it is not another. */
    private static boolean isCapture(Path entry) {
        String name = entry.toString();
        String opened = name.substring(0, Math.max(0, name.length() - SEALED.length()));
        return name.endsWith(SUFFIX)
                || (name.endsWith(SUFFIX + SEALED)
                        && Files.notExists(entry.resolveSibling(Path.of(opened).getFileName())));
    }
}
