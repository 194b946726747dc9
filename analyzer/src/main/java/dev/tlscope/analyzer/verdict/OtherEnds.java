package dev.tlscope.analyzer.verdict;

import dev.tlscope.analyzer.compare.ConnectionPair;
import dev.tlscope.analyzer.file.FileSizes;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Handshakes;
import dev.tlscope.capture.CaptureReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Both ends of failed connections, if these captures have them, in one file or in several. They are read before any
 * output, because either end may come first; only such connections are held, up to a limit.
 */
final class OtherEnds {
    private static final int MOST = 2000;

    /** Reading more than that an additional time would take too long for a user. */
    private static final long MOST_BYTES = 1L << 30;

    /** The most connections of a live JVM that are kept. */
    private static final int MOST_RECENT = 64;

    private final Map<String, List<Handshake>> byRandom;
    private final boolean remembers;
    /** Where the other end is looked for as well. */
    private final @Nullable OtherEnds earlier;

    private OtherEnds(Map<String, List<Handshake>> byRandom, boolean remembers, @Nullable OtherEnds earlier) {
        this.byRandom = byRandom;
        this.remembers = remembers;
        this.earlier = earlier;
    }

    static OtherEnds none() {
        return new OtherEnds(Map.of(), false, null);
    }

    /**
     * For connections that end one after the other: keeps the last ones, so that the other end can find them. Not
     * thread-safe.
     *
     * @param earlier the connections that had ended before; null if these do not matter
     */
    static OtherEnds recent(@Nullable OtherEnds earlier) {
        Map<String, List<Handshake>> last = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, List<Handshake>> eldest) {
                return size() > MOST_RECENT;
            }
        };
        return new OtherEnds(last, true, earlier);
    }

    /** The connections of these captures. Bad captures are reported when they are read completely. */
    static OtherEnds of(List<Path> files, PrintWriter err) {
        if (FileSizes.of(files) > MOST_BYTES) {
            if (files.size() > 1) {
                err.println(
                        "tlscope: over 1 GiB of captures: both ends of a connection are not compared; name fewer files");
            }
            return none();
        }
        HelloIndex index = new HelloIndex();
        for (Path file : files) {
            index(file, index);
        }
        Map<String, List<Handshake>> found = new HashMap<>();
        index.pairs(MOST).forEach((file, connections) -> read(file, connections, found));
        return new OtherEnds(found, false, null);
    }

    /** The other end of that connection; null if no capture has it. */
    @Nullable
    Handshake of(Handshake handshake) {
        Optional<String> of = ConnectionPair.random(handshake);
        if (remembers) {
            of.ifPresent(random ->
                    byRandom.computeIfAbsent(random, any -> new ArrayList<>()).add(handshake));
        }
        Handshake before = earlier == null ? null : earlier.of(handshake);
        List<Handshake> same =
                of.map(random -> byRandom.getOrDefault(random, List.of())).orElse(List.of());
        // of a live connection there is one from its completion and one from its failure: the later one has more events
        return Stream.concat(Stream.ofNullable(before), same.stream())
                .filter(other -> other.isClient() != handshake.isClient())
                .max(Comparator.comparingInt(other -> other.events().size()))
                .orElse(null);
    }

    /** Indexes a file; a pipe is skipped, because it can be read only once. */
    private static void index(Path file, HelloIndex index) {
        try {
            if (Files.isRegularFile(file)) {
                index.add(file);
            }
        } catch (IOException e) {
            // reported when it is read completely
        }
    }

    private static void read(Path file, Set<Long> connections, Map<String, List<Handshake>> found) {
        Handshakes handshakes = new Handshakes(
                file,
                handshake -> ConnectionPair.random(handshake)
                        .ifPresent(random -> found.computeIfAbsent(random, any -> new ArrayList<>())
                                .add(handshake)));
        try (InputStream in = Files.newInputStream(file)) {
            CaptureReader.scan(in, event -> {
                // events that belong to no connection are configurations, which the connections refer to
                if (event.connection() == 0 || connections.contains(event.connection())) {
                    handshakes.take(event);
                }
            });
        } catch (IOException e) {
            // reported when it is read completely
        }
        handshakes.end();
    }
}
