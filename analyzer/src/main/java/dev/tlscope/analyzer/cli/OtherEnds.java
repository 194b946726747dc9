package dev.tlscope.analyzer.cli;

import dev.tlscope.analyzer.compare.Ends;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Both ends of the connections that failed, where several captures have them. Read before anything is told, since either end
 * may come first; holds failed connections alone, up to a number.
 */
final class OtherEnds {
    private static final int MOST = 2000;

    /** Above that, reading it all twice more takes longer than a person waits. */
    private static final long MOST_BYTES = 1L << 30;

    private final Map<String, List<Handshake>> byRandom;

    private OtherEnds(Map<String, List<Handshake>> byRandom) {
        this.byRandom = byRandom;
    }

    static OtherEnds none() {
        return new OtherEnds(Map.of());
    }

    /** Those of these captures; none where there is one only. Bad ones are told of when they are read for good. */
    static OtherEnds of(List<Path> files, PrintWriter err) {
        if (files.size() < 2) {
            return none();
        }
        if (files.stream().mapToLong(OtherEnds::size).sum() > MOST_BYTES) {
            err.println(
                    "tlscope: over 1 GiB of captures: both ends of a connection are not compared; name fewer files");
            return none();
        }
        Set<String> failed = new HashSet<>();
        read(files, handshake -> {
            if (handshake.failed() && failed.size() < MOST) {
                Ends.random(handshake).ifPresent(failed::add);
            }
        });
        Map<String, List<Handshake>> found = new HashMap<>();
        if (!failed.isEmpty()) {
            read(
                    files,
                    handshake -> Ends.random(handshake)
                            .filter(failed::contains)
                            .ifPresent(random -> found.computeIfAbsent(random, key -> new ArrayList<>())
                                    .add(handshake)));
        }
        return new OtherEnds(found);
    }

    /** The other end of that connection; null when no capture has it. */
    @Nullable
    Handshake of(Handshake handshake) {
        return Ends.random(handshake)
                .map(random -> byRandom.getOrDefault(random, List.of()))
                .flatMap(same -> same.stream()
                        .filter(other -> other.isClient() != handshake.isClient())
                        .findFirst())
                .orElse(null);
    }

    private static void read(List<Path> files, Consumer<Handshake> next) {
        for (Path file : files) {
            Handshakes handshakes = new Handshakes(file, next);
            try (InputStream in = Files.newInputStream(file)) {
                CaptureReader.read(in, handshakes);
            } catch (IOException e) {
                // told when it is read for good
            }
            handshakes.end();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }
}
