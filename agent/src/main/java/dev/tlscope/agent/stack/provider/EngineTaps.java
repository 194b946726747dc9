package dev.tlscope.agent.stack.provider;

import static dev.tlscope.agent.weave.Hook.Where.ENTER;
import static dev.tlscope.agent.weave.Hook.Where.EXIT;
import static dev.tlscope.agent.weave.Hook.Where.THROW;
import static dev.tlscope.agent.weave.HookValue.RESULT;
import static dev.tlscope.agent.weave.HookValue.THIS;
import static dev.tlscope.agent.weave.HookValue.THROWN;
import static dev.tlscope.agent.weave.HookValue.arg;

import dev.tlscope.agent.weave.HookTable;
import dev.tlscope.agent.weave.HookTarget;
import javax.net.ssl.SSLEngineResult;
import org.jspecify.annotations.Nullable;

/**
 * wrap and unwrap of every SSLEngine that an application's class loader has, in all the forms that libraries give them. The
 * hooks are in classes that are not the JDK's, which are woven when their first object is made.
 */
final class EngineTaps {
    static final String ENGINE = "javax.net.ssl.SSLEngine";

    private static final String B = "Ljava/nio/ByteBuffer;";
    private static final String R = ")Ljavax/net/ssl/SSLEngineResult;";

    /** From one buffer or all of an array into one buffer, the second argument. */
    private static final String[] WRAP = {"(" + B + B + R, "([" + B + B + R};

    /** SSLEngine.wrap(ByteBuffer[], int, int, ByteBuffer). */
    private static final String WRAP_PART = "([" + B + "II" + B + R;

    /** From one buffer, the first argument. */
    private static final String[] UNWRAP = {"(" + B + B + R, "(" + B + "[" + B + R, "(" + B + "[" + B + "II" + R};

    /** From several buffers: netty-tcnative's and Conscrypt's own. */
    private static final String UNWRAP_ARRAY = "([" + B + "[" + B + R;

    private static final String UNWRAP_PART = "([" + B + "II[" + B + "II" + R;

    private static final String[] UNWRAPS = {UNWRAP[0], UNWRAP[1], UNWRAP[2], UNWRAP_ARRAY, UNWRAP_PART};
    private static final String[] WRAPS = {WRAP[0], WRAP[1], WRAP_PART};

    private final ProviderConnections connections;

    EngineTaps(ProviderConnections connections) {
        this.connections = connections;
    }

    void declare(HookTable table) {
        HookTarget wrapBegins = (a, b, c, d, e) -> connections.begins(a).wrapBegins(b);
        table.on(ENGINE, "wrap", ENTER, WRAP)
                .named("any-engine-wraps")
                .inSubclasses()
                .pass(THIS, arg(1))
                .to(wrapBegins);
        table.on(ENGINE, "wrap", ENTER, WRAP_PART)
                .named("any-engine-wraps")
                .inSubclasses()
                .pass(THIS, arg(3))
                .to(wrapBegins);
        table.on(ENGINE, "unwrap", ENTER, UNWRAP)
                .named("any-engine-unwraps")
                .inSubclasses()
                .pass(THIS, arg(0))
                .to((a, b, c, d, e) -> connections.begins(a).unwrapBegins(b, 0, 1));
        table.on(ENGINE, "unwrap", ENTER, UNWRAP_ARRAY)
                .named("any-engine-unwraps")
                .inSubclasses()
                .pass(THIS, arg(0))
                .to((a, b, c, d, e) -> connections.begins(a).unwrapBegins(b, 0, ((Object[]) b).length));
        table.on(ENGINE, "unwrap", ENTER, UNWRAP_PART)
                .named("any-engine-unwraps")
                .inSubclasses()
                .pass(THIS, arg(0), arg(1), arg(2))
                .to((a, b, c, d, e) -> connections.begins(a).unwrapBegins(b, (Integer) c, (Integer) d));
        table.on(ENGINE, "wrap", EXIT, WRAPS)
                .named("any-engine-wrapped")
                .inSubclasses()
                .pass(THIS, RESULT)
                .to((a, b, c, d, e) -> wrapped(a, (SSLEngineResult) b));
        table.on(ENGINE, "unwrap", EXIT, UNWRAPS)
                .named("any-engine-unwrapped")
                .inSubclasses()
                .pass(THIS, RESULT)
                .to((a, b, c, d, e) -> unwrapped(a, (SSLEngineResult) b));
        table.on(ENGINE, "wrap", THROW, WRAPS)
                .named("any-engine-wrap-threw")
                .inSubclasses()
                .pass(THIS, THROWN)
                .to((a, b, c, d, e) -> {
                    ProviderConnection at = connections.of(a);
                    if (at.wrapEnds(-1)) {
                        connections.failed(at, (Throwable) b);
                    }
                });
        table.on(ENGINE, "unwrap", THROW, UNWRAPS)
                .named("any-engine-unwrap-threw")
                .inSubclasses()
                .pass(THIS, THROWN)
                .to((a, b, c, d, e) -> {
                    ProviderConnection at = connections.of(a);
                    if (at.unwrapEnds(-1, false)) {
                        connections.failed(at, (Throwable) b);
                    }
                });
        closing(table);
    }

    private void closing(HookTable table) {
        table.on(ENGINE, "beginHandshake", ENTER, "()V")
                .named("any-engine-begins")
                .inSubclasses()
                .pass(THIS)
                .to((a, b, c, d, e) -> connections.begins(a).beginBegins());
        table.on(ENGINE, "beginHandshake", EXIT, "()V")
                .named("any-engine-begun")
                .inSubclasses()
                .pass(THIS)
                .to((a, b, c, d, e) -> connections.of(a).beginEnds());
        table.on(ENGINE, "beginHandshake", THROW, "()V")
                .named("any-engine-begin-threw")
                .inSubclasses()
                .pass(THIS, THROWN)
                .to((a, b, c, d, e) -> {
                    ProviderConnection at = connections.of(a);
                    if (at.beginEnds() && at.connection.isUnderWay()) {
                        connections.failed(at, (Throwable) b);
                    }
                });
        // In the handshake the stream ended without the peer's close_notify; after it that is no failure.
        table.on(ENGINE, "closeInbound", THROW, "()V")
                .named("any-engine-closed-early")
                .inSubclasses()
                .pass(THIS, THROWN)
                .to((a, b, c, d, e) -> {
                    ProviderConnection at = connections.of(a);
                    if (at.connection.isUnderWay()) {
                        connections.failed(at, (Throwable) b);
                    } else {
                        at.connection.end();
                    }
                });
    }

    private void wrapped(Object engine, @Nullable SSLEngineResult result) {
        ProviderConnection at = connections.of(engine);
        if (at.wrapEnds(result == null ? 0 : result.bytesProduced())) {
            ended(at, result);
        }
    }

    private void unwrapped(Object engine, @Nullable SSLEngineResult result) {
        ProviderConnection at = connections.of(engine);
        boolean waits = result == null
                || result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW
                || result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW
                || result.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_TASK;
        if (at.unwrapEnds(result == null ? 0 : result.bytesConsumed(), waits)) {
            ended(at, result);
        }
    }

    private void ended(ProviderConnection at, @Nullable SSLEngineResult result) {
        if (result == null) {
            return;
        }
        if (result.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.FINISHED) {
            connections.completed(at);
        }
        if (result.getStatus() == SSLEngineResult.Status.CLOSED && at.connection.isCompleted()) {
            at.connection.close();
        }
    }
}
