package dev.tlscope.analyzer.golden;

import dev.tlscope.analyzer.cause.Warnings;
import dev.tlscope.analyzer.finding.Warning;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Handshakes;
import dev.tlscope.capture.CaptureReader;
import dev.tlscope.capture.Event;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * One of the golden captures (src/test/resources/golden), whose connections an index sorts into families. The events
 * are read once per JVM; handshakes are built from them each time, so that cached values do not persist: PIT runs many
 * mutants in one JVM.
 */
final class GoldenCapture {
    static final Path DIRECTORY = Path.of("src/test/resources/golden");

    private static final String SUFFIX = ".pcapng.gz";
    private static final Map<String, GoldenCapture> READ = new ConcurrentHashMap<>();

    private final String name;
    private final Map<String, Map<Long, String>> families = new LinkedHashMap<>();
    private final Map<Long, List<Event>> events = new HashMap<>();

    /**
     * One end of a connection.
     *
     * @param variant distinguishes it from others of its family
     */
    record CapturedHandshake(String variant, Handshake handshake) {}

    private GoldenCapture(String name) {
        this.name = name;
        try {
            for (String line : Files.readAllLines(DIRECTORY.resolve(name + ".index"))) {
                String[] part = line.split("\t", -1);
                families.computeIfAbsent(part[1], any -> new LinkedHashMap<>()).put(Long.valueOf(part[0]), part[2]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of all golden captures, without suffix. */
    static List<String> names() {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(SUFFIX))
                    .map(file -> file.substring(0, file.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static GoldenCapture of(String name) {
        return READ.computeIfAbsent(name, GoldenCapture::new);
    }

    String name() {
        return name;
    }

    /** The capture itself, uncompressed. */
    InputStream open() throws IOException {
        return new GZIPInputStream(Files.newInputStream(DIRECTORY.resolve(name + SUFFIX)));
    }

    List<String> families() {
        return List.copyOf(families.keySet());
    }

    /** The connections of a family, in the order of their variants, a client before its server. */
    List<CapturedHandshake> connections(String family) {
        Map<Long, String> variants = families.get(family);
        List<CapturedHandshake> connections = new ArrayList<>();
        Handshakes handshakes = new Handshakes(
                Path.of(name),
                handshake -> connections.add(new CapturedHandshake(variants.get(handshake.connection()), handshake)));
        of(0).forEach(handshakes);
        variants.keySet().forEach(number -> of(number).forEach(handshakes));
        handshakes.end();
        connections.sort(Comparator.comparing(CapturedHandshake::variant)
                .thenComparing(connection -> connection.handshake().role()));
        return List.copyOf(connections);
    }

    /** The capture's warnings about its JVM. */
    List<Warning> warnings() {
        Warnings warnings = new Warnings();
        of(0).forEach(warnings::add);
        return warnings.of(Path.of(name));
    }

    private synchronized List<Event> of(long connection) {
        if (events.isEmpty()) {
            try (InputStream in = open()) {
                CaptureReader.read(
                        in,
                        event -> events.computeIfAbsent(event.connection(), any -> new ArrayList<>())
                                .add(event));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return events.getOrDefault(connection, List.of());
    }
}
