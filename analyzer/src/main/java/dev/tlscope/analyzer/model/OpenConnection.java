package dev.tlscope.analyzer.model;

import dev.tlscope.capture.CapturedEvent;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventStore;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.ContentType;
import dev.tlscope.tls.HandshakeType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The events of a connection until it closes. One object serves several connections in turn. */
final class OpenConnection {
    /** Beyond this size, which real handshakes never reach, events are decoded at once, and the builder limits them. */
    private static final long MOST_UNREAD = 4 << 20;

    private static final long MOST_REUSED = 128 << 10;

    /** Header, an empty certificate_request_context and an empty certificate_list (RFC 8446, 4.4.2). */
    private static final int EMPTY_CERTIFICATE = 4 + 1 + 3;

    private final Configurations configurations;
    private final EventStore store = new EventStore();
    private @Nullable HandshakeBuilder builder;
    private long number;
    private long firstNanos;
    private long touched;
    private boolean completed;
    private boolean failed;
    private boolean withoutCertificate;

    OpenConnection(Configurations configurations) {
        this.configurations = configurations;
    }

    void begin(long connection, long timeNanos) {
        number = connection;
        firstNanos = timeNanos;
        completed = false;
        failed = false;
        withoutCertificate = false;
        builder = null;
        store.begin(connection);
    }

    /**
     * Notes that the connection had an event.
     *
     * @param now a clock that advances with every event
     */
    void touch(long now) {
        touched = now;
    }

    /** The time of the connection's last event on that clock. */
    long touched() {
        return touched;
    }

    long number() {
        return number;
    }

    /** Adds an event; returns by how many bytes its memory grew. */
    long add(CapturedEvent event) {
        completed |= event.type() == EventType.HANDSHAKE;
        failed |= event.type() == EventType.FAILURE;
        withoutCertificate |= isEmptyCertificate(event);
        HandshakeBuilder reading = builder;
        if (reading != null) {
            reading.add(event);
            return 0;
        }
        long before = memory();
        store.add(event);
        if (store.memory() > MOST_UNREAD) {
            builder = read(false);
        }
        return memory() - before;
    }

    /** Memory in bytes, approximately. */
    long memory() {
        return store.memory() + (builder == null ? 0 : MOST_UNREAD);
    }

    boolean isReusable() {
        return builder == null && store.memory() <= MOST_REUSED;
    }

    boolean isCompleted() {
        return completed;
    }

    /** True after a FAILURE event, even if the failure was a timeout and the handshake completed later. */
    boolean mayHaveFailed() {
        return failed;
    }

    /**
     * True when the handshake may have a warning although it completed: a client was asked for a certificate and sent
     * none.
     */
    boolean isWorthReading() {
        return failed || withoutCertificate;
    }

    /** True for a Certificate message of this side that is a header and an empty list, or that and an empty context. */
    private static boolean isEmptyCertificate(CapturedEvent event) {
        if (event.type() != EventType.MESSAGE
                || event.lengthOf(Field.BYTES) > EMPTY_CERTIFICATE
                || !event.isSent()
                || event.number(Field.CONTENT_TYPE, 0) != ContentType.HANDSHAKE) {
            return false;
        }
        byte[] bytes = event.bytes(Field.BYTES);
        return bytes != null && bytes.length > 0 && bytes[0] == HandshakeType.CERTIFICATE.number();
    }

    /** Its CONNECTION event, which describes the peer; null when there was none. */
    @Nullable
    Event description() {
        List<Event> found = new ArrayList<>();
        store.forEach(event -> {
            if (event.type() == EventType.CONNECTION) {
                found.add(event.event());
            }
        });
        return found.isEmpty() ? null : found.get(found.size() - 1);
    }

    /**
     * Builds the handshake.
     *
     * @param briefly leaves out the events of a handshake that did not fail
     */
    Handshake build(Path file, boolean briefly) {
        HandshakeBuilder reading = builder;
        return (reading == null ? read(briefly && !failed) : reading).build(file);
    }

    private HandshakeBuilder read(boolean briefly) {
        HandshakeBuilder reading = new HandshakeBuilder(number, firstNanos, configurations);
        store.forEach(briefly ? reading::addBriefly : reading::add);
        return reading;
    }
}
