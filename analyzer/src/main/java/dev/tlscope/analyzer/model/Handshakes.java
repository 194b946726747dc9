package dev.tlscope.analyzer.model;

import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Turns a capture's events into handshakes, each handed on when its connection closes; holds only those still open. */
public final class Handshakes implements Consumer<Event> {
    private final Path file;
    private final Consumer<? super Handshake> next;
    private final Configurations configurations = new Configurations();
    private final Map<Long, HandshakeBuilder> open = new LinkedHashMap<>();

    public Handshakes(Path file, Consumer<? super Handshake> next) {
        this.file = file;
        this.next = next;
    }

    @Override
    public void accept(Event event) {
        if (configurations.add(event) || event.connection() == 0) {
            return;
        }
        HandshakeBuilder builder = open.computeIfAbsent(
                event.connection(), connection -> new HandshakeBuilder(connection, event.timeNanos(), configurations));
        builder.add(event);
        if (event.type() == EventType.CLOSED) {
            open.remove(event.connection());
            next.accept(builder.build(file));
        }
    }

    /** The capture ends: hands on what is still open. */
    public void end() {
        open.values().forEach(builder -> next.accept(builder.build(file)));
        open.clear();
    }
}
