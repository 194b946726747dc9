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

/** What is held of a connection until it is known whether anybody wants to look at it; serves one after the other. */
final class OpenConnection {
    /** Beyond this, which no honest handshake reaches, the events are read as they come, and cut as the builder does. */
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
     * Something came of it.
     *
     * @param now a clock that goes up with everything that comes
     */
    void touch(long now) {
        touched = now;
    }

    /** When something came of it last. */
    long touched() {
        return touched;
    }

    long number() {
        return number;
    }

    /** The bytes by which its memory grew. */
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

    /** Bytes, about. */
    long memory() {
        return store.memory() + (builder == null ? 0 : MOST_UNREAD);
    }

    boolean isReusable() {
        return builder == null && store.memory() <= MOST_REUSED;
    }

    boolean isCompleted() {
        return completed;
    }

    /** True when there was a failure, which a handshake that completed later makes good when it was a mere timeout. */
    boolean mayHaveFailed() {
        return failed;
    }

    /** True when a warning may be told of it, though it completed: a client sent no certificate where it was asked for one. */
    boolean isWorthReading() {
        return failed || withoutCertificate;
    }

    /** A Certificate message of this side's that is a header and an empty list, or that and an empty context. */
    private static boolean isEmptyCertificate(CapturedEvent event) {
        if (event.type() != EventType.MESSAGE
                || !event.isSent()
                || event.number(Field.CONTENT_TYPE, 0) != ContentType.HANDSHAKE) {
            return false;
        }
        byte[] bytes = event.bytes(Field.BYTES);
        return bytes != null
                && bytes.length <= EMPTY_CERTIFICATE
                && bytes.length > 0
                && bytes[0] == HandshakeType.CERTIFICATE.number();
    }

    /** Its own event, which tells of its peer; null when there was none. */
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
     * The handshake.
     *
     * @param briefly without its events, unless it failed
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
