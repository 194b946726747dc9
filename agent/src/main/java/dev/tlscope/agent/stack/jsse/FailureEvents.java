package dev.tlscope.agent.stack.jsse;

import dev.tlscope.agent.record.Connection;
import dev.tlscope.agent.record.Recorder;
import dev.tlscope.agent.stack.ThrowableFields;
import dev.tlscope.agent.stack.jsse.field.Jsse;
import dev.tlscope.agent.stack.jsse.field.JsseCipher;
import dev.tlscope.agent.stack.jsse.field.SequenceNumbers;
import dev.tlscope.agent.stack.jsse.field.SessionFields;
import dev.tlscope.capture.ConnectionEnding;
import dev.tlscope.capture.Direction;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** FAILURE events: the state of JSSE's objects when a connection fails. */
final class FailureEvents {
    private final ConnectionTaps connections;
    private final Recorder recorder;

    FailureEvents(ConnectionTaps connections, Recorder recorder) {
        this.connections = connections;
        this.recorder = recorder;
    }

    /** A FAILURE event of a TransportContext, without the exception. */
    Event event(Object context, Direction direction, @Nullable String diagnostic) {
        Object handshake = Jsse.handshakeContext(context);
        return connections
                .of(context)
                .event(EventType.FAILURE)
                .put(direction)
                .put(Field.DIAGNOSTIC, diagnostic)
                .put(Field.NEGOTIATED, Jsse.isNegotiated(context) ? 1 : 0)
                .put(Field.STAGE, stage(context, handshake))
                .put(Field.PROTOCOL, Jsse.protocol(handshake))
                .put(Field.CIPHER_SUITE, Jsse.cipherSuite(handshake))
                .put(Field.SELECTED_ALPN, Jsse.applicationProtocol(handshake))
                .put(Field.THREAD, Thread.currentThread().getName());
    }

    /**
     * Called when the application closed the socket below an SSLEngine, which JSSE does not notice: during the first
     * handshake this abandons the handshake.
     */
    void socketClosed(Connection connection) {
        Object context = connection.origin();
        if (context != null && connection.isUnderWay() && !Jsse.hasFailed(context) && !Jsse.isNegotiated(context)) {
            fail(context, event(context, Direction.OUT, null).put(Field.GIVEN_UP, "closed"), new Throwable(), false);
        }
    }

    /** Writes the types of the handshake messages that JSSE would accept next. */
    private static void putExpected(Event event, @Nullable Object handshake) {
        Collection<?> types = Jsse.expectedTypes(handshake);
        if (types != null) {
            for (Object type : types) {
                event.put(Field.EXPECTED_MESSAGE, (Byte) type & 0xff);
            }
        }
    }

    /**
     * Records the failure: the connection's events are written from now on. The mere end of a connection whose handshake had
     * completed is recorded, and is no reason to write them.
     *
     * @param named false to write only the stack, of an exception that the agent created to get it
     */
    void fail(Object context, Event event, Throwable thrown, boolean named) {
        Connection connection = connections.of(context);
        putExpected(event, Jsse.handshakeContext(context));
        EngineTurn.put(event, context, connection);
        SequenceNumbers.put(event, context);
        SessionFields.put(event, Jsse.handshakeContext(context), recorder.started());
        connection.add(connections.configured(ThrowableFields.put(event, thrown, named), context));
        if (ConnectionEnding.of(event, isTls13Client(context)) == null) {
            connection.fail();
        } else {
            connection.end();
        }
    }

    private static boolean isTls13Client(Object context) {
        Object cipher = JsseCipher.ofInput(Jsse.inputRecord(context));
        return Jsse.isClient(context) && cipher != null && JsseCipher.readsTls13(cipher);
    }

    private static String stage(Object context, @Nullable Object handshake) {
        if (handshake == null) {
            return Jsse.isNegotiated(context) ? "established" : "before the handshake";
        }
        return handshake.getClass().getSimpleName().startsWith("PostHandshake") ? "post-handshake" : "handshake";
    }
}
