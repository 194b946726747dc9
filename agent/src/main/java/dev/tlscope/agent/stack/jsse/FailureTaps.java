package dev.tlscope.agent.stack.jsse;

import static dev.tlscope.agent.stack.jsse.JsseNames.CONTEXT;
import static dev.tlscope.agent.stack.jsse.JsseNames.L;
import static dev.tlscope.agent.stack.jsse.JsseNames.SOCKET;
import static dev.tlscope.agent.stack.jsse.JsseNames.TASK;
import static dev.tlscope.agent.weave.Hook.Where.ENTER;
import static dev.tlscope.agent.weave.Hook.Where.EXIT;
import static dev.tlscope.agent.weave.Hook.Where.THROW;
import static dev.tlscope.agent.weave.HookValue.THIS;
import static dev.tlscope.agent.weave.HookValue.THROWN;
import static dev.tlscope.agent.weave.HookValue.arg;

import dev.tlscope.agent.socket.SocketAddresses;
import dev.tlscope.agent.stack.ThrowableFields;
import dev.tlscope.agent.stack.jsse.field.Jsse;
import dev.tlscope.agent.stack.jsse.field.SequenceNumbers;
import dev.tlscope.agent.weave.HookTable;
import dev.tlscope.capture.Direction;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Connections that fail with an exception, whether TransportContext.fatal is called or not. */
final class FailureTaps {
    /** Methods of InputRecord that decrypt and parse a record. */
    private static final Set<String> DECODERS = new HashSet<>(Arrays.asList("decodeInputRecord", "decode"));

    private final ConnectionTaps connections;
    private final FailureEvents failures;
    private final ReceivedRecordTaps records;
    private final PremasterTaps premasters;

    FailureTaps(ConnectionTaps connections, ReceivedRecordTaps records, PremasterTaps premasters) {
        this.connections = connections;
        this.failures = connections.failures();
        this.records = records;
        this.premasters = premasters;
    }

    void declare(HookTable table) {
        table.on(
                        CONTEXT,
                        "fatal",
                        ENTER,
                        "(" + L + "Alert;Ljava/lang/String;ZLjava/lang/Throwable;)Ljavax/net/ssl/SSLException;")
                .named("fatal")
                .pass(THIS, arg(0), arg(1), arg(2), arg(3))
                .to((a, b, c, d, e) -> {
                    fatal(a, b, (String) c, (Boolean) d, (Throwable) e);
                    premasters.leave();
                });
        // A timeout sends no alert and does not end the connection, so fatal is not called.
        table.on(SOCKET, "handleException", ENTER, "(Ljava/lang/Exception;)V")
                .named("socket-timeout")
                .pass(THIS, arg(0))
                .to((a, b, c, d, e) -> timedOut(a, (Throwable) b));
        table.on(TASK, "run", ENTER, "()V")
                .named("engine-task-began")
                .pass(THIS)
                .to((a, b, c, d, e) -> taskBegan(a));
        // Before JDK 25 it keeps what a task throws for the next wrap or unwrap, and sends no alert.
        table.on(TASK, "run", EXIT, "()V").named("engine-task-ended").pass(THIS).to((a, b, c, d, e) -> {
            taskEnded(Jsse.engineOfTask(a));
            taskIsOver(a);
            premasters.leave();
        });
        // JSSE does not handle an Error thrown by a manager of the application.
        table.on(TASK, "run", THROW, "()V")
                .named("engine-task-threw")
                .pass(THIS, THROWN)
                .to((a, b, c, d, e) -> {
                    threw(Jsse.contextOfEngine(Jsse.engineOfTask(a)), (Throwable) b);
                    taskIsOver(a);
                    premasters.leave();
                });
        table.on(SOCKET, "startHandshake", THROW, "(Z)V", "()V")
                .named("socket-handshake-threw")
                .pass(THIS, THROWN)
                .to((a, b, c, d, e) -> threw(Jsse.contextOfSocket(a), (Throwable) b));
        // Without com.sun.net.ssl.requireCloseNotify JSSE does not report an established connection's end: read returns
        // -1.
        table.on(SOCKET, "handleEOF", ENTER, "(Ljava/io/EOFException;)" + L + "Plaintext;")
                .named("socket-stream-ended")
                .pass(THIS, arg(0))
                .to((a, b, c, d, e) -> streamEnded(a, (Throwable) b));
        // When a write fails after the handshake, fatal is not called; that may be all that TLS 1.3 shows of the peer's
        // refusal.
        table.on(SOCKET + "$AppOutputStream", "write", THROW, "([BII)V")
                .named("socket-write-failed")
                .pass(THIS, THROWN)
                .to((a, b, c, d, e) -> writeFailed(Jsse.socketOfStream(a), (Throwable) b));
    }

    /** TransportContext.fatal. It runs twice for one failure; the first call has the cause. */
    private void fatal(
            Object context, Object alert, @Nullable String diagnostic, boolean received, @Nullable Throwable cause) {
        if (Jsse.hasFailed(context)) {
            return;
        }
        Event event = failures.event(context, received ? Direction.IN : Direction.OUT, diagnostic)
                .put(Field.LEVEL, 2)
                .put(Field.ALERT, Jsse.alertId(alert));
        Object input = Jsse.inputRecord(context);
        if (input != null && !received && ThrowableFields.cameThrough(cause, DECODERS)) {
            records.failed(event, input);
        }
        failures.fail(context, event, cause != null ? cause : new Throwable(diagnostic), cause != null);
    }

    /**
     * SSLSocketImpl.handleException: a read timed out in the handshake. No alert is sent, and the application may
     * continue; if the handshake completes after all, readers of the capture drop the failure.
     */
    private void timedOut(Object socket, @Nullable Throwable cause) {
        Object context = Jsse.contextOfSocket(socket);
        if (context != null && cause instanceof InterruptedIOException && Jsse.handshakeContext(context) != null) {
            failures.fail(context, failures.event(context, Direction.OUT, cause.getMessage()), cause, true);
        }
    }

    private void taskBegan(Object task) {
        Object context = Jsse.contextOfEngine(Jsse.engineOfTask(task));
        if (context != null) {
            connections.of(context).engineUse().taskBegins();
        }
    }

    private void taskIsOver(Object task) {
        Object context = Jsse.contextOfEngine(Jsse.engineOfTask(task));
        if (context != null) {
            connections.of(context).engineUse().taskEnds();
        }
    }

    /**
     * SSLEngineImpl.DelegatedTask.run: it stores what was thrown in its TransportContext. If fatal was called, the
     * connection has failed already; JDK 24 and earlier do not call it for other exceptions.
     */
    private void taskEnded(@Nullable Object engine) {
        Object context = Jsse.contextOfEngine(engine);
        Throwable thrown = context == null ? null : Jsse.delegatedThrown(context);
        if (context != null && thrown != null && !Jsse.hasFailed(context)) {
            failures.fail(context, failures.event(context, Direction.OUT, null), thrown, true);
        }
    }

    /**
     * SSLSocketImpl.AppOutputStream.write throws, and JSSE leaves the connection as it is. A TLS 1.3 client has completed
     * before the server checks its certificate and Finished (RFC 8446, 4.4.2.4): as long as nothing was received under the
     * application keys, a broken write is part of the handshake.
     */
    private void writeFailed(@Nullable Object socket, @Nullable Throwable thrown) {
        Object context = socket == null ? null : Jsse.contextOfSocket(socket);
        if (context != null
                && thrown != null
                && SocketAddresses.isSocketFailure(thrown)
                && !Jsse.hasFailed(context)
                && Jsse.isClient(context)
                && Jsse.isNegotiated(context)
                && SequenceNumbers.hasReadNothing(context)) {
            failures.fail(context, failures.event(context, Direction.OUT, thrown.getMessage()), thrown, true);
        }
    }

    /**
     * SSLSocketImpl.handleEOF: the peer's stream ended without close_notify, which JSSE does not report to the
     * application. This matters within a record, whose data is then missing, and for a TLS 1.3 client that has received
     * nothing: the server may have rejected its certificate.
     */
    private void streamEnded(Object socket, @Nullable Throwable thrown) {
        Object context = Jsse.contextOfSocket(socket);
        if (context != null
                && !Jsse.hasFailed(context)
                && Jsse.isNegotiated(context)
                && Jsse.handshakeContext(context) == null
                && !Jsse.isOutputClosed(Jsse.outputRecord(context))) {
            // between two records JSSE has no exception
            Throwable cause = thrown != null ? thrown : new Throwable();
            failures.fail(context, failures.event(context, Direction.OUT, null), cause, thrown != null);
        }
    }

    /**
     * SSLSocketImpl.startHandshake or an engine's DelegatedTask.run throws. JSSE itself reports exceptions, so only
     * Errors are recorded here.
     */
    private void threw(@Nullable Object context, Throwable thrown) {
        // This may run twice: one startHandshake calls the other.
        if (thrown instanceof Error
                && context != null
                && !connections.of(context).hasFailed()) {
            failures.fail(context, failures.event(context, Direction.OUT, null), thrown, true);
        }
    }
}
