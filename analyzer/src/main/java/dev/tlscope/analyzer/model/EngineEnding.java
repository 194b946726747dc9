package dev.tlscope.analyzer.model;

import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.ContentType;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a handshake over an SSLEngine ended without JSSE ending it. The engine does not see the socket, and its
 * application reports little or nothing to it. The first event decides, because the end of one side causes the end of
 * the other.
 */
public enum EngineEnding {
    /** The peer ended its stream. */
    STREAM_ENDED,
    /** A read or write of the socket threw. */
    BROKE,
    /** This side's application gave up: by close_notify, by closing the socket, or by dropping the engine. */
    GIVEN_UP;

    /** AlertDescription (RFC 8446, 6.1): close_notify, user_canceled. */
    private static final Set<Integer> CLOSING = Set.of(0, 90);

    /** The result of {@link #find}, for the cache. */
    record Found(@Nullable EngineEnding ending) {}

    static Found find(Handshake handshake) {
        Event failure = handshake.failure();
        if (failure == null || failure.flag(Field.NEGOTIATED) || !isLeftToApplication(handshake, failure)) {
            return new Found(null);
        }
        Optional<Event> end = socketEnd(handshake);
        Optional<Message> closing = ownClosing(handshake);
        if (!isSocketSeen(handshake) && !failure.has(Field.GIVEN_UP)) {
            return new Found(null); // the application may have closed because its socket had ended
        }
        if (closing.isPresent()
                && end.filter(event -> event.timeNanos() < closing.get().timeNanos())
                        .isEmpty()) {
            return new Found(GIVEN_UP);
        }
        if (end.isPresent()) {
            return new Found(end.get().has(Field.EXCEPTION) ? BROKE : STREAM_ENDED);
        }
        return new Found(failure.has(Field.GIVEN_UP) ? GIVEN_UP : null);
    }

    /** False when the agent cannot watch the socket below the engine, so that its ending is not known. */
    public static boolean isSocketSeen(Handshake handshake) {
        boolean closed = handshake.failure() != null
                && "closed".equals(handshake.failure().text(Field.GIVEN_UP));
        return closed || handshake.local() != null || socketEnd(handshake).isPresent();
    }

    /** The event with which the socket ended before the failure, if it was captured. */
    public static Optional<Event> socketEnd(Handshake handshake) {
        return handshake.events().stream()
                .filter(event -> event.type() == EventType.SOCKET_END && event.timeNanos() <= handshake.failureNanos())
                .findFirst();
    }

    /** Describes how a socket ended: the exception, or the end of the stream. */
    public static String describe(Event socketEnd) {
        return Objects.requireNonNullElse(socketEnd.text(Field.EXCEPTION), "end of stream");
    }

    /** The closing alert that this side sent before the failure and before it received any. */
    public static Optional<Message> ownClosing(Handshake handshake) {
        return handshake.messages().stream()
                .filter(message -> message.contentType() == ContentType.ALERT)
                .findFirst()
                .filter(alert -> alert.timeNanos() <= handshake.failureNanos())
                .filter(alert -> alert.sent() && alert.bytes().length == 2 && CLOSING.contains((int) alert.bytes()[1]));
    }

    private static boolean isLeftToApplication(Handshake handshake, Event failure) {
        boolean silent = handshake.alert() < 0 && !failure.has(Field.EXCEPTION);
        return failure.has(Field.GIVEN_UP)
                || (handshake.raised() && handshake.isEngine() && (silent || handshake.cameThrough(".closeInbound(")));
    }
}
