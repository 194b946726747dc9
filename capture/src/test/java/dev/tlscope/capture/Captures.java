package dev.tlscope.capture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Captures in memory, and events as comparable text. */
final class Captures {
    static final byte[] RANDOM = new byte[32];
    static final byte[] HANDSHAKE_FAILURE = {21, 3, 3, 0, 2, 2, 40};
    static final byte[] ENCRYPTED = {23, 3, 3, 0, 4, 1, 2, 3, 4};

    private Captures() {}

    record Read(List<String> events, CaptureEnding ending) {}

    static byte[] write(Event... events) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (CaptureWriter writer = new CaptureWriter(out)) {
            for (Event event : events) {
                writer.write(event);
            }
        }
        return out.toByteArray();
    }

    static Read read(Path scratch, byte[] capture) throws IOException {
        Files.write(scratch, capture);
        List<String> events = new ArrayList<>();
        CaptureEnding ending = CaptureReader.read(scratch, event -> events.add(text(event)));
        return new Read(events, ending);
    }

    static Event connection(long connection, String role, String local, String peer) {
        return new Event(EventType.CONNECTION, connection, connection * 1000)
                .put(Field.ROLE, role)
                .put(Field.LOCAL, local)
                .put(Field.PEER, peer);
    }

    static Event record(long connection, String direction, byte[] bytes) {
        return new Event(EventType.RECORD, connection, connection * 1000 + 1)
                .put(Field.DIRECTION, direction)
                .put(Field.BYTES, bytes);
    }

    static Event alertMessage(long connection, int level, int description) {
        return new Event(EventType.MESSAGE, connection, connection * 1000 + 2)
                .put(Field.DIRECTION, "in")
                .put(Field.CONTENT_TYPE, 21)
                .put(Field.BYTES, new byte[] {(byte) level, (byte) description});
    }

    static Event failure(long connection, int alert, String diagnostic, String... exceptions) {
        Event event = new Event(EventType.FAILURE, connection, connection * 1000 + 2)
                .put(Field.ALERT, alert)
                .put(Field.DIAGNOSTIC, diagnostic);
        for (String exception : exceptions) {
            event.put(Field.EXCEPTION, exception);
        }
        return event;
    }

    static Event secret(long connection, String label, byte... secret) {
        return new Event(EventType.SECRET, connection, connection * 1000 + 2)
                .put(Field.LABEL, label)
                .put(Field.CLIENT_RANDOM, RANDOM)
                .put(Field.BYTES, secret);
    }

    static Event closed(long connection) {
        return new Event(EventType.CLOSED, connection, connection * 1000 + 3);
    }

    static String text(Event event) {
        StringBuilder text = new StringBuilder(event.type() + " #" + event.connection() + " @" + event.timeNanos());
        for (int i = 0; i < event.size(); i++) {
            Object value = event.value(i);
            text.append(' ')
                    .append(event.field(i))
                    .append('=')
                    .append(value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value);
        }
        return text.toString();
    }
}
