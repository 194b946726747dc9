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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Both ends of the connections that failed, where these captures have them, in one file or in several. Read before anything is
 * told, since either end may come first; holds such connections alone, up to a number.
 */
final class OtherEnds {
    private static final int MOST = 2000;

    /** Above that, looking through it all once more takes longer than a person waits. */
    private static final long MOST_BYTES = 1L << 30;

    /** How many of a live JVM are remembered. */
    private static final int MOST_RECENT = 64;

    private final Map<String, List<Handshake>> byRandom;
    private final boolean remembers;

    private OtherEnds(Map<String, List<Handshake>> byRandom, boolean remembers) {
        this.byRandom = byRandom;
        this.remembers = remembers;
    }

    static OtherEnds none() {
        return new OtherEnds(Map.of(), false);
    }

    /** Those that are asked for one after the other: remembers the last ones, for the other end to find. For one thread. */
    static OtherEnds recent() {
        Map<String, List<Handshake>> last = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, List<Handshake>> eldest) {
                return size() > MOST_RECENT;
            }
        };
        return new OtherEnds(last, true);
    }

    /** Those of these captures. Bad ones are told of when they are read for good. */
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
        return new OtherEnds(found, false);
    }

    /** The other end of that connection; null when no capture has it. */
    @Nullable
    Handshake of(Handshake handshake) {
        Optional<String> of = ConnectionPair.random(handshake);
        if (remembers) {
            of.ifPresent(random ->
                    byRandom.computeIfAbsent(random, any -> new ArrayList<>()).add(handshake));
        }
        return of.map(random -> byRandom.getOrDefault(random, List.of()))
                .flatMap(same -> same.stream()
                        .filter(other -> other.isClient() != handshake.isClient())
                        .findFirst())
                .orElse(null);
    }

    /** A pipe can be read once only. */
    private static void index(Path file, HelloIndex index) {
        try {
            if (Files.isRegularFile(file)) {
                index.add(file);
            }
        } catch (IOException e) {
            // told when it is read for good
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
                // what belongs to no connection is the configuration that they refer to
                if (event.connection() == 0 || connections.contains(event.connection())) {
                    handshakes.take(event);
                }
            });
        } catch (IOException e) {
            // told when it is read for good
        }
        handshakes.end();
    }
}
