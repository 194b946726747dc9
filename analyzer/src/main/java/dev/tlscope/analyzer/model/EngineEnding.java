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
 * How a handshake over an SSLEngine ended that JSSE did not end: the engine sees no socket, and its application says little of it,
 * or nothing. What came first decides, for each end of a connection makes the other.
 */
public enum EngineEnding {
    /** The peer ended its stream. */
    STREAM_ENDED,
    /** Reading or writing the socket threw. */
    BROKE,
    /** This side's application gave it up: by close_notify, by closing the socket, or by letting the engine go. */
    GIVEN_UP;

    /** AlertDescription (RFC 8446, 6.1): close_notify, user_canceled. */
    private static final Set<Integer> CLOSING = Set.of(0, 90);

    /** What {@link #find} found, to be kept. */
    record Found(@Nullable EngineEnding ending) {}

    static Found find(Handshake handshake) {
        Event failure = handshake.failure();
        if (failure == null || failure.flag(Field.NEGOTIATED) || !isLeftToApplication(handshake, failure)) {
            return new Found(null);
        }
        Optional<Event> end = socketEnd(handshake);
        Optional<Message> closing = ownClosing(handshake);
        if (!isSocketSeen(handshake) && !failure.has(Field.GIVEN_UP)) {
            return new Found(null); // the application may close since its socket came to an end
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

    /** False where the JDK does not serve the socket below the engine, so that nothing is known of it. */
    public static boolean isSocketSeen(Handshake handshake) {
        boolean closed = handshake.failure() != null
                && "closed".equals(handshake.failure().text(Field.GIVEN_UP));
        return closed || handshake.local() != null || socketEnd(handshake).isPresent();
    }

    /** How its socket came to its end, as far as that was seen before the failure. */
    public static Optional<Event> socketEnd(Handshake handshake) {
        return handshake.events().stream()
                .filter(event -> event.type() == EventType.SOCKET_END && event.timeNanos() <= handshake.failureNanos())
                .findFirst();
    }

    /** How a socket came to its end, in words: what it threw, if it did. */
    public static String describe(Event socketEnd) {
        return Objects.requireNonNullElse(socketEnd.text(Field.EXCEPTION), "end of stream");
    }

    /** The alert by which this side closed before it failed, and before any came. */
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
