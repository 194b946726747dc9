package dev.tlscope.it.server;

import dev.tlscope.capture.CaptureReader;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What one end of a connection in a capture knows: its class, whether its handshake completed, its secrets in hex by label. */
final class EndSecrets {
    String className = "";
    boolean completed;
    String clientRandom = "";
    final Map<String, String> byLabel = new TreeMap<>();

    /** All ends in the captures, where two have the same client random. */
    static List<EndSecrets> read(List<Path> captures) throws IOException {
        Map<Long, EndSecrets> ends = new TreeMap<>();
        for (Path capture : captures) {
            CaptureReader.read(
                    capture,
                    event -> ends.computeIfAbsent(event.connection(), number -> new EndSecrets())
                            .add(event));
        }
        return List.copyOf(ends.values());
    }

    private void add(Event event) {
        if (event.type() == EventType.CONNECTION) {
            className = event.text(Field.CLASS) == null ? className : event.text(Field.CLASS);
        } else if (event.type() == EventType.HANDSHAKE) {
            completed = true;
        } else if (event.type() == EventType.SECRET && event.bytes(Field.BYTES) != null) {
            byte[] random = event.bytes(Field.CLIENT_RANDOM);
            clientRandom = random == null ? clientRandom : HexFormat.of().formatHex(random);
            byLabel.put(event.text(Field.LABEL), HexFormat.of().formatHex(event.bytes(Field.BYTES)));
        }
    }
}
