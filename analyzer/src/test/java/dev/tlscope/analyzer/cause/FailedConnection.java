package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Handshakes;
import dev.tlscope.capture.Direction;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Events of one failing connection, as the agent writes them, and their finding. */
final class FailedConnection {
    private final List<Event> events = new ArrayList<>();
    private final Event connection = new Event(EventType.CONNECTION, 1, 1);
    private final Event failure = new Event(EventType.FAILURE, 1, 1_000_000_000).put(Direction.OUT);

    FailedConnection(String role, String transport) {
        events.add(connection.put(Field.ROLE, role).put(Field.TRANSPORT, transport));
    }

    FailedConnection between(String local, String peer) {
        connection.put(Field.LOCAL, local).put(Field.PEER, peer);
        return this;
    }

    /** The host that the application named. */
    FailedConnection to(String host) {
        connection.put(Field.PEER_HOST, host);
        return this;
    }

    FailedConnection message(Direction direction, byte... bytes) {
        events.add(new Event(EventType.MESSAGE, 1, 2)
                .put(direction)
                .put(Field.CONTENT_TYPE, 22)
                .put(Field.BYTES, bytes));
        return this;
    }

    /** An event between the connection's begin and its failure. */
    FailedConnection event(Event event) {
        events.add(event);
        return this;
    }

    /** A record that was received, in plain text if the epoch is 0. */
    FailedConnection record(long epoch, long sequence, byte... bytes) {
        return event(new Event(EventType.RECORD, 1, 2)
                .put(Direction.IN)
                .put(Field.EPOCH, epoch)
                .put(Field.SEQUENCE, sequence)
                .put(Field.BYTES, bytes));
    }

    FailedConnection completed(String protocol) {
        events.add(new Event(EventType.HANDSHAKE, 1, 3).put(Field.PROTOCOL, protocol));
        failure.put(Field.NEGOTIATED, 1).put(Field.STAGE, "established");
        return this;
    }

    FailedConnection alert(int description) {
        failure.put(Field.ALERT, description);
        return this;
    }

    FailedConnection with(Field field, String value) {
        failure.put(field, value);
        return this;
    }

    FailedConnection with(Field field, long value) {
        failure.put(field, value);
        return this;
    }

    Handshake handshake() {
        List<Handshake> found = new ArrayList<>();
        Handshakes handshakes = new Handshakes(Path.of("x.pcapng"), found::add);
        events.forEach(handshakes);
        handshakes.accept(failure);
        handshakes.end();
        return found.get(0);
    }

    Finding finding() {
        return Causes.of(handshake());
    }

    /** {@code cause confidence}. */
    String told() {
        Finding finding = finding();
        return finding.cause() + " " + finding.confidence().name().toLowerCase(Locale.ROOT);
    }
}
