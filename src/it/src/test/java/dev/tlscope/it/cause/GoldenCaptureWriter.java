package dev.tlscope.it.cause;

import dev.tlscope.analyzer.model.EventValues;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Handshakes;
import dev.tlscope.capture.CaptureReader;
import dev.tlscope.capture.CaptureWriter;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a golden capture: the labelled connections of several captures, numbered from 1, and an index with their
 * labels by number. Paths of the machine that made it are replaced.
 */
final class GoldenCaptureWriter implements AutoCloseable {
    private static final List<Field> REFERENCES =
            List.of(Field.CONFIGURATION, Field.ENVIRONMENT, Field.KEY_MANAGER_NUMBER, Field.TRUST_MANAGER_NUMBER);

    private final Path index;
    private final OutputStream compressed;
    private final CaptureWriter out;
    private final Map<String, String> replaced;
    private final List<String> lines = new ArrayList<>();
    private long connections;
    private long configurations;

    /**
     * Starts a capture.
     *
     * @param directory of the golden captures
     * @param name without suffix
     * @param replaced texts in captured values, and their replacements
     */
    GoldenCaptureWriter(Path directory, String name, Map<String, String> replaced) throws IOException {
        this.index = directory.resolve(name + ".index");
        this.compressed = new GZIPOutputStream(Files.newOutputStream(directory.resolve(name + ".pcapng.gz")));
        this.out = new CaptureWriter(compressed);
        this.replaced = replaced;
    }

    /**
     * Adds a capture.
     *
     * @param label label of a connection: family and variant separated by a tab; null to leave it out
     */
    void add(Path capture, Function<Handshake, @Nullable String> label) throws IOException {
        Map<Long, Long> numbers = new HashMap<>();
        Handshakes handshakes = new Handshakes(capture, handshake -> {
            String known = label.apply(handshake);
            if (known != null) {
                numbers.put(handshake.connection(), ++connections);
                lines.add(connections + "\t" + known);
            }
        });
        List<Event> events = new ArrayList<>();
        CaptureReader.read(capture, event -> {
            handshakes.accept(event);
            events.add(event);
        });
        handshakes.end();
        events.removeIf(event -> event.connection() != 0 && !numbers.containsKey(event.connection()));
        // one connection after the other, so that reading and writing the capture again gives the same bytes
        events.sort(Comparator.comparingLong(Event::connection));
        Set<Long> needed = referred(events);
        long before = configurations;
        for (Event event : events) {
            if (!isPart(event) || needed.contains(event.number(Field.CONFIGURATION, 0))) {
                long number = event.connection() == 0 ? 0 : numbers.get(event.connection());
                add(EventValues.copy(event, number, before, true));
            }
        }
    }

    /** The numbers of configurations, and of their parts, that these connections refer to. */
    private static Set<Long> referred(List<Event> events) {
        Set<Long> numbers = new HashSet<>();
        events.stream().filter(event -> event.connection() != 0).forEach(event -> addReferences(event, numbers));
        int before = -1;
        while (before != numbers.size()) {
            before = numbers.size();
            events.stream()
                    .filter(event -> isPart(event) && numbers.contains(event.number(Field.CONFIGURATION, 0)))
                    .forEach(event -> addReferences(event, numbers));
        }
        return numbers;
    }

    private static void addReferences(Event event, Set<Long> numbers) {
        REFERENCES.forEach(field -> numbers.addAll(event.numbers(field)));
    }

    private static boolean isPart(Event event) {
        return event.type() == EventType.CONFIGURATION
                || event.type() == EventType.ENVIRONMENT
                || event.type() == EventType.MANAGER;
    }

    @Override
    public void close() throws IOException {
        out.flush();
        compressed.close();
        Files.write(index, lines);
    }

    private void add(Event event) throws IOException {
        configurations = Math.max(configurations, EventValues.highestReference(event));
        out.write(replace(event));
    }

    private Event replace(Event event) {
        Event copy = new Event(event.type(), event.connection(), event.timeNanos());
        for (int i = 0; i < event.size(); i++) {
            Field field = event.field(i);
            Object value = event.value(i);
            if (value instanceof Long number) {
                copy.put(field, number);
            } else if (value instanceof byte[] bytes) {
                copy.put(field, bytes);
            } else {
                String text = (String) value;
                for (Map.Entry<String, String> one : replaced.entrySet()) {
                    text = text.replace(one.getKey(), one.getValue());
                }
                copy.put(field, text);
            }
        }
        return copy;
    }
}
