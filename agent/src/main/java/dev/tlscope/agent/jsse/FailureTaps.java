package dev.tlscope.agent.jsse;

import dev.tlscope.agent.record.Connection;
import dev.tlscope.agent.record.Recorder;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All ways in which a connection fails, or ends before its handshake does. */
final class FailureTaps {
    /** AlertDescription (RFC 8446, 6.1). */
    private static final int USER_CANCELED = 90;

    private static final String CANCELED = "Received user_canceled and close_notify during handshake";

    /** Methods of InputRecord in which a record is decrypted and taken apart. */
    private static final Set<String> DECODERS = new HashSet<>(Arrays.asList("decodeInputRecord", "decode"));

    private final ConnectionTaps connections;
    private final Recorder recorder;
    private final RecordTaps records;

    FailureTaps(ConnectionTaps connections, Recorder recorder, RecordTaps records) {
        this.connections = connections;
        this.recorder = recorder;
        this.records = records;
    }

    /** TransportContext.fatal. It runs twice for one failure, and the first is the cause. */
    void fatal(Object context, Object alert, @Nullable String diagnostic, boolean received, @Nullable Throwable cause) {
        if (Jsse.hasFailed(context)) {
            return;
        }
        Event event = failure(context, received ? "in" : "out", diagnostic)
                .put(Field.LEVEL, 2)
                .put(Field.ALERT, Jsse.alertId(alert));
        Object input = Jsse.inputRecord(context);
        if (input != null && !received && ThrowableFields.cameThrough(cause, DECODERS)) {
            records.failed(event, input);
        }
        fail(context, event, cause != null ? cause : new Throwable(diagnostic), cause != null);
    }

    /**
     * SSLSocketImpl.handleException: a read timed out in the handshake. No alert is sent, and the application may go on; a
     * reader takes the failure back when the handshake completes after all.
     */
    void timedOut(Object socket, @Nullable Throwable cause) {
        Object context = Jsse.contextOfSocket(socket);
        if (context != null && cause instanceof InterruptedIOException && Jsse.handshakeContext(context) != null) {
            fail(context, failure(context, "out", cause.getMessage()), cause, true);
        }
    }

    /**
     * An InputRecord or OutputRecord was closed; with both closed nothing more can come. Except in a handshake: JSSE closes them
     * when the peer's close_notify or the application's own close comes, and fails after that. After the peer's user_canceled it
     * does not fail at all.
     */
    void recordClosed(Object record) {
        Object context = connections.contextOf(record);
        if (context != null) {
            if (!Jsse.isInputClosed(Jsse.inputRecord(context)) || !Jsse.isOutputClosed(Jsse.outputRecord(context))) {
                return;
            }
            if (Jsse.isUnfinished(context) && !Jsse.hasFailed(context)) {
                if (!Jsse.isCanceled(context)) {
                    return; // fatal comes next, and closes them again; or the context goes, as an abandoned one does
                }
                Event event =
                        failure(context, "in", CANCELED).put(Field.LEVEL, 1).put(Field.ALERT, USER_CANCELED);
                fail(context, event, new Throwable(CANCELED), false);
            }
        }
        connections.closed(record, context);
    }

    /** SSLEngineImpl.closeInbound, SSLSocketImpl.shutdownInput: the stream ended without the peer's close_notify. */
    void closedEarly(@Nullable Object context) {
        if (context != null && !Jsse.hasFailed(context)) {
            fail(context, failure(context, "out", null), new Throwable(), false);
        }
    }

    /**
     * SSLEngineImpl.DelegatedTask.run: it keeps what was thrown in its TransportContext. Where fatal saw it the connection has
     * failed already; JDK 24 and earlier let any other exception pass by.
     */
    void taskEnded(@Nullable Object engine) {
        Object context = Jsse.contextOfEngine(engine);
        Throwable thrown = context == null ? null : Jsse.delegatedThrown(context);
        if (context != null && thrown != null && !Jsse.hasFailed(context)) {
            fail(context, failure(context, "out", null), thrown, true);
        }
    }

    /**
     * SSLSocketImpl.AppOutputStream.write throws, where JSSE leaves the connection as it is. A TLS 1.3 client has completed
     * before the server judges its certificate and Finished (RFC 8446, 4.4.2.4): as long as nothing came under the
     * application keys, a broken write is part of the handshake.
     */
    void writeFailed(@Nullable Object socket, @Nullable Throwable thrown) {
        Object context = socket == null ? null : Jsse.contextOfSocket(socket);
        if (context != null
                && thrown instanceof SocketException
                && !Jsse.hasFailed(context)
                && Jsse.isClient(context)
                && Jsse.isNegotiated(context)
                && SequenceNumbers.hasReadNothing(context)) {
            fail(context, failure(context, "out", thrown.getMessage()), thrown, true);
        }
    }

    /** SSLSocketImpl.startHandshake or an engine's DelegatedTask.run throws; of exceptions JSSE itself has told. */
    void threw(@Nullable Object context, Throwable thrown) {
        // it may pass by here twice: one startHandshake calls the other
        if (thrown instanceof Error
                && context != null
                && !connections.of(context).hasFailed()) {
            fail(context, failure(context, "out", null), thrown, true);
        }
    }

    /**
     * The application closed the socket below an SSLEngine, which hears nothing of it: when that is within the first handshake it
     * was given up.
     */
    void socketClosed(Connection connection) {
        Object context = connection.origin();
        if (context != null && connection.isUnderWay() && !Jsse.hasFailed(context) && !Jsse.isNegotiated(context)) {
            fail(context, failure(context, "out", null).put(Field.GIVEN_UP, "closed"), new Throwable(), false);
        }
    }

    private Event failure(Object context, String direction, @Nullable String diagnostic) {
        Object handshake = Jsse.handshakeContext(context);
        return connections
                .of(context)
                .event(EventType.FAILURE)
                .put(Field.DIRECTION, direction)
                .put(Field.DIAGNOSTIC, diagnostic)
                .put(Field.NEGOTIATED, Jsse.isNegotiated(context) ? 1 : 0)
                .put(Field.STAGE, stage(context, handshake))
                .put(Field.PROTOCOL, Jsse.protocol(handshake))
                .put(Field.CIPHER_SUITE, Jsse.cipherSuite(handshake))
                .put(Field.THREAD, Thread.currentThread().getName());
    }

    /** The handshake messages that JSSE would take next, by their types. */
    private static void putExpected(Event event, @Nullable Object handshake) {
        Collection<?> types = Jsse.expectedTypes(handshake);
        if (types != null) {
            for (Object type : types) {
                event.put(Field.EXPECTED_MESSAGE, (Byte) type & 0xff);
            }
        }
    }

    private void fail(Object context, Event event, Throwable thrown, boolean named) {
        Connection connection = connections.of(context);
        putExpected(event, Jsse.handshakeContext(context));
        SequenceNumbers.put(event, context);
        Sessions.put(event, Jsse.handshakeContext(context), recorder.started());
        connection.add(connections.configured(ThrowableFields.put(event, thrown, named), context));
        connection.fail();
    }

    private static String stage(Object context, @Nullable Object handshake) {
        if (handshake == null) {
            return Jsse.isNegotiated(context) ? "established" : "before the handshake";
        }
        return handshake.getClass().getSimpleName().startsWith("PostHandshake") ? "post-handshake" : "handshake";
    }
}
