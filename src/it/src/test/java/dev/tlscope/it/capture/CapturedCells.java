package dev.tlscope.it.capture;

import dev.tlscope.capture.CaptureReader;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A capture of KeyExchangeRun, by role and by the cell's name, which is in the ClientHello. */
final class CapturedCells {
    private static final Pattern NAME = Pattern.compile("(tlsv[a-z0-9-]+)\\.cells\\.demo\\.internal");

    private final Map<String, List<Event>> cells = new TreeMap<>();

    private CapturedCells() {}

    static CapturedCells read(List<Path> files) {
        Map<Long, List<Event>> connections = new TreeMap<>();
        CapturedCells read = new CapturedCells();
        try {
            for (Path file : files) {
                CaptureReader.read(
                        file,
                        event -> connections
                                .computeIfAbsent(event.connection(), number -> new ArrayList<>())
                                .add(event));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (List<Event> events : connections.values()) {
            read.add(events);
        }
        return read;
    }

    /** Names of the cells that were captured on both sides. */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        for (String key : cells.keySet()) {
            String name = key.substring(0, key.indexOf(' '));
            if (cells.containsKey(name + " client") && cells.containsKey(name + " server")) {
                names.add(name);
            }
        }
        return names;
    }

    CapturedSecrets of(String cell, String role) {
        return new CapturedSecrets(cells.getOrDefault(cell + " " + role, List.of()));
    }

    private void add(List<Event> events) {
        String role = null;
        String name = null;
        boolean resumed = false;
        for (Event event : events) {
            resumed |= event.type() == EventType.HANDSHAKE && event.flag(Field.RESUMED);
            if (event.type() == EventType.CONNECTION) {
                role = event.text(Field.ROLE);
            } else if (event.type() == EventType.MESSAGE && name == null) {
                Matcher found = NAME.matcher(new String(event.bytes(Field.BYTES), StandardCharsets.ISO_8859_1));
                name = found.find() ? found.group(1) : null;
            }
        }
        if (role != null && name != null) {
            cells.put(name + (resumed ? "-resumed " : "-full ") + role, events);
        }
    }
}
