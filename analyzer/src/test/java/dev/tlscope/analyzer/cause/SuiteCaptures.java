package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Handshakes;
import dev.tlscope.capture.CaptureReader;
import dev.tlscope.capture.CapturedEvent;
import dev.tlscope.capture.Event;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The captures in the tests' resources, whole and event by event. */
public final class SuiteCaptures {
    private static final Path RESOURCES = Path.of("src", "test", "resources");

    private SuiteCaptures() {}

    public static List<Path> all() throws IOException {
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            return files.filter(file -> file.toString().endsWith(".pcapng")
                            || file.toString().endsWith(".pcapng.gz"))
                    .sorted()
                    .toList();
        }
    }

    public static List<Handshake> handshakes(Path capture) {
        return handshakes(capture, events(capture));
    }

    /** The handshakes of these events, which may have been altered, as if they were the capture's. */
    static List<Handshake> handshakes(Path capture, List<Event> events) {
        List<Handshake> handshakes = new ArrayList<>();
        Handshakes reader = new Handshakes(capture, handshakes::add);
        events.forEach(event -> reader.take(CapturedEvent.of(event)));
        reader.end();
        return handshakes;
    }

    /** In the order of the file. */
    public static List<Event> events(Path capture) {
        List<Event> events = new ArrayList<>();
        try (InputStream in = open(capture)) {
            CaptureReader.read(in, events::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return events;
    }

    /** The events of each connection, preceded by those of connection 0, which they refer to. */
    static Map<Long, List<Event>> byConnection(Path capture) {
        Map<Long, List<Event>> connections = new LinkedHashMap<>();
        List<Event> common = new ArrayList<>();
        for (Event event : events(capture)) {
            if (event.connection() == 0) {
                common.add(event);
                connections.values().forEach(all -> all.add(event));
            } else {
                connections
                        .computeIfAbsent(event.connection(), number -> new ArrayList<>(common))
                        .add(event);
            }
        }
        return connections;
    }

    private static InputStream open(Path capture) throws IOException {
        InputStream file = Files.newInputStream(capture);
        return capture.toString().endsWith(".gz") ? new GZIPInputStream(file) : file;
    }
}
