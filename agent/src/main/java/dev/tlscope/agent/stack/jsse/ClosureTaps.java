package dev.tlscope.agent.stack.jsse;

import static dev.tlscope.agent.stack.jsse.JsseNames.ENGINE;
import static dev.tlscope.agent.stack.jsse.JsseNames.SOCKET;
import static dev.tlscope.agent.stack.jsse.JsseNames.SSL;
import static dev.tlscope.agent.weave.Hook.Where.BEFORE_CALL;
import static dev.tlscope.agent.weave.Hook.Where.EXIT;
import static dev.tlscope.agent.weave.HookValue.THIS;

import dev.tlscope.agent.stack.jsse.field.Jsse;
import dev.tlscope.agent.weave.HookTable;
import dev.tlscope.agent.weave.HookTarget;
import dev.tlscope.capture.Direction;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import org.jspecify.annotations.Nullable;

/** Detects the closing of connections: of completed ones, which end with it, and of those in the handshake. */
final class ClosureTaps {
    /** AlertDescription (RFC 8446, 6.1). */
    private static final int USER_CANCELED = 90;

    private static final String CANCELED = "Received user_canceled and close_notify during handshake";

    private final ConnectionTaps connections;
    private final FailureEvents failures;

    ClosureTaps(ConnectionTaps connections) {
        this.connections = connections;
        this.failures = connections.failures();
    }

    void declare(HookTable table) {
        HookTarget recordClosed = (a, b, c, d, e) -> recordClosed(a);
        table.on(SSL + "InputRecord", "close", EXIT, "()V")
                .named("input-closed")
                .pass(THIS)
                .to(recordClosed);
        table.on(SSL + "OutputRecord", "close", EXIT, "()V")
                .named("output-closed")
                .pass(THIS)
                .to(recordClosed);
        // The method throws one exception, "closing inbound before receiving peer's close_notify".
        table.on(ENGINE, "closeInbound", BEFORE_CALL, "()V")
                .inside("<init>")
                .named("engine-closed-early")
                .pass(THIS)
                .to((a, b, c, d, e) -> closedEarly(Jsse.contextOfEngine(a)));
        table.on(ENGINE, "closeInbound", BEFORE_CALL, "()V")
                .inside("fatal")
                .named("engine-closed-early")
                .pass(THIS)
                .to((a, b, c, d, e) -> {
                    // JDK 8 sends an alert here, which the hook in fatal records.
                });
        table.on(SOCKET, "shutdownInput", BEFORE_CALL, "(Z)V")
                .inside("<init>")
                .named("socket-closed-early")
                .pass(THIS)
                .to((a, b, c, d, e) -> closedEarly(Jsse.contextOfSocket(a)));
    }

    /**
     * Called when an InputRecord or OutputRecord was closed. When both are closed, the connection has ended, except in
     * a handshake: JSSE closes them at the peer's close_notify or the application's own close, and fails after that.
     * After the peer's user_canceled it does not fail at all.
     */
    private void recordClosed(Object record) {
        Object context = connections.contextOf(record);
        if (context != null) {
            if (!Jsse.isInputClosed(Jsse.inputRecord(context)) || !Jsse.isOutputClosed(Jsse.outputRecord(context))) {
                return;
            }
            if (Jsse.isUnfinished(context) && !Jsse.hasFailed(context)) {
                if (!Jsse.isCanceled(context)) {
                    // fatal comes next, and closes them again; or the connection was abandoned, and the context is
                    // collected
                    return;
                }
                Event event = failures.event(context, Direction.IN, CANCELED)
                        .put(Field.LEVEL, 1)
                        .put(Field.ALERT, USER_CANCELED);
                failures.fail(context, event, new Throwable(CANCELED), false);
            }
        }
        connections.closed(record, context);
    }

    /**
     * SSLEngineImpl.closeInbound, SSLSocketImpl.shutdownInput: the stream ended without the peer's close_notify. After
     * the handshake this is no failure for a side that has already sent its own, because it need not wait for the
     * peer's (RFC 8446, 6.1).
     */
    private void closedEarly(@Nullable Object context) {
        if (context != null && !Jsse.hasFailed(context) && !isClosedHere(context)) {
            failures.fail(context, failures.event(context, Direction.OUT, null), new Throwable(), false);
        }
    }

    private static boolean isClosedHere(Object context) {
        return Jsse.isNegotiated(context) && Jsse.isOutputClosed(Jsse.outputRecord(context));
    }
}
