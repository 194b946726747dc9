package dev.tlscope.analyzer.watch;

import dev.tlscope.analyzer.file.CaptureDirectory;
import dev.tlscope.analyzer.file.FileSizes;
import dev.tlscope.analyzer.file.FileTrouble;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.TlsImplementation;
import dev.tlscope.capture.CaptureEnding;
import dev.tlscope.capture.CaptureReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Follows one capture, or all captures of a directory, as they grow and new ones are added. For a file that does not
 * grow it checks the size; one that grows is read by a thread.
 */
public final class Watch {
    private static final int MOST_WAITING = 10_000;

    private final Path place;
    private final Map<Path, Followed> files = new HashMap<>();
    private final BlockingQueue<Handshake> ended = new LinkedBlockingQueue<>(MOST_WAITING);
    private final BlockingQueue<String> troubles = new LinkedBlockingQueue<>();
    private final BlockingQueue<TlsImplementation> implementations = new LinkedBlockingQueue<>();
    /** Classes and jars of the implementations that were reported. */
    private final Set<String> named = ConcurrentHashMap.newKeySet();
    /** Directories that were reported as unreadable. */
    private final Set<Path> told = ConcurrentHashMap.newKeySet();

    /**
     * Watches a capture or a directory, which need not exist yet; an existing directory must be readable.
     *
     * @param all whether existing contents count as new too
     */
    public Watch(Path place, boolean all) throws IOException {
        this.place = place;
        for (Path file : captures()) {
            files.put(file, new Followed(file, all ? 0 : FileSizes.of(file)));
        }
    }

    /**
     * Waits for the next handshake that ended; null if none did within the timeout. Checks for new and grown files
     * first.
     */
    public @Nullable Handshake next(long timeout, TimeUnit unit) throws InterruptedException {
        look();
        return ended.poll(timeout, unit);
    }

    /** An implementation of TLS of which not all is captured, each once; null when there is none. */
    public @Nullable TlsImplementation implementation() {
        return implementations.poll();
    }

    /** One line about a capture that cannot be read further, or null. */
    public @Nullable String trouble() {
        return troubles.poll();
    }

    private void add(TlsImplementation implementation) {
        if (implementation.isIncomplete() && named.add(implementation.className() + " " + implementation.source())) {
            implementations.add(implementation);
        }
    }

    private void look() {
        List<Path> now;
        try {
            now = captures();
            told.remove(place);
        } catch (IOException e) {
            cannotBeListed(place, e);
            return;
        }
        for (Path file : now) {
            files.computeIfAbsent(file, found -> new Followed(found, 0)).look();
        }
        files.entrySet().removeIf(entry -> {
            boolean gone = !now.contains(entry.getKey());
            if (gone) {
                entry.getValue().giveUp();
            }
            return gone;
        });
    }

    public List<Path> captures() throws IOException {
        if (Files.isDirectory(place)) {
            return CaptureDirectory.captures(place, this::cannotBeListed);
        }
        return Files.notExists(place) ? List.of() : List.of(place);
    }

    private void cannotBeRead(Path what, IOException e) {
        troubles.add(what + " cannot be read: " + FileTrouble.reading(what, e));
    }

    /** Reports a directory once, although it is checked often. */
    private void cannotBeListed(Path directory, IOException e) {
        if (told.add(directory)) {
            cannotBeRead(directory, e);
        }
    }

    private final class Followed {
        private final Path file;

        /** Number of bytes that were shown, or existed before. */
        private long known;

        private @Nullable GrowingFile reading;

        Followed(Path file, long known) {
            this.file = file;
            this.known = known;
        }

        synchronized void look() {
            if (reading != null || known == Long.MAX_VALUE) {
                return;
            }
            try {
                if (Files.size(file) > known) {
                    GrowingFile growing = new GrowingFile(file, known);
                    reading = growing;
                    Thread thread = new Thread(() -> read(growing), "tlscope watch " + file.getFileName());
                    thread.setDaemon(true);
                    thread.start();
                }
            } catch (NoSuchFileException e) {
                // deleted for a newer one since the directory was listed, or a link to a file that does not exist yet
            } catch (IOException e) {
                cannotBeRead(file, e);
                known = Long.MAX_VALUE; // reported once
            }
        }

        synchronized void giveUp() {
            if (reading != null) {
                reading.giveUp();
            }
        }

        private void read(GrowingFile growing) {
            boolean readable = false;
            try (InputStream in = new BufferedInputStream(growing, 1 << 16)) {
                CaptureEnding ending = CaptureReader.read(
                        in,
                        new LiveHandshakes(
                                file,
                                handshake -> {
                                    if (growing.isNews()) {
                                        put(handshake);
                                    }
                                },
                                Watch.this::add));
                readable = ending.kind() == CaptureEnding.Kind.COMPLETE;
                if (!readable) {
                    troubles.add(file + " is " + ending);
                }
            } catch (IOException e) {
                cannotBeRead(file, e);
            }
            synchronized (this) {
                known = readable ? growing.position() : Long.MAX_VALUE; // reported once
                reading = null;
            }
        }

        private void put(Handshake handshake) {
            try {
                ended.put(handshake);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
