package dev.tlscope.analyzer.watch;

import dev.tlscope.analyzer.model.Configurations;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.HandshakeBuilder;
import dev.tlscope.analyzer.model.TlsImplementation;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Builds handshakes from events like {@link dev.tlscope.analyzer.model.Handshakes}, but delivers each as soon as it has
 * completed or failed, and again if its connection fails later. Of the records between these events the first ones are kept.
 */
final class LiveHandshakes implements Consumer<Event> {
    private final Path file;
    private final Consumer<? super Handshake> next;
    private final Consumer<TlsImplementation> implementations;
    private final Configurations configurations = new Configurations();
    private final Map<Long, HandshakeBuilder> open = new HashMap<>();
    private final Set<Long> completed = new HashSet<>();
    private final Set<Long> failed = new HashSet<>();
    private final RecordBudget records = new RecordBudget();

    LiveHandshakes(Path file, Consumer<? super Handshake> next, Consumer<TlsImplementation> implementations) {
        this.file = file;
        this.next = next;
        this.implementations = implementations;
    }

    @Override
    public void accept(Event event) {
        long connection = event.connection();
        if (event.type() == EventType.IMPLEMENTATION) {
            implementations.accept(TlsImplementation.of(event));
        }
        if (configurations.add(event) || connection == 0) {
            return;
        }
        if (event.type() == EventType.CLOSED) {
            open.remove(connection);
            completed.remove(connection);
            failed.remove(connection);
            records.release(connection);
        } else if (!failed.contains(connection)
                && (event.type() != EventType.RECORD || !completed.contains(connection) || records.takes(event))) {
            add(connection, event);
        }
    }

    private void add(long connection, Event event) {
        HandshakeBuilder builder = open.computeIfAbsent(
                connection, number -> new HandshakeBuilder(number, event.timeNanos(), configurations));
        builder.add(event);
        if (event.type() == EventType.HANDSHAKE && completed.add(connection)) {
            next.accept(builder.build(file));
        } else if (event.type() == EventType.FAILURE) {
            failed.add(connection);
            open.remove(connection);
            records.release(connection);
            next.accept(builder.build(file));
        }
    }
}
