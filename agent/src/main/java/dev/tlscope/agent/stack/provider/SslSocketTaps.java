package dev.tlscope.agent.stack.provider;

import static dev.tlscope.agent.weave.Hook.Where.ENTER;
import static dev.tlscope.agent.weave.Hook.Where.EXIT;
import static dev.tlscope.agent.weave.Hook.Where.THROW;
import static dev.tlscope.agent.weave.HookValue.THIS;
import static dev.tlscope.agent.weave.HookValue.THROWN;

import dev.tlscope.agent.weave.HookTable;
import javax.net.ssl.SSLSocket;

/**
 * The handshake of every SSLSocket that an application's class loader has and that has no engine inside: how it ended, and with
 * what exception. The bytes below it are not seen.
 */
final class SslSocketTaps {
    static final String SOCKET = "javax.net.ssl.SSLSocket";

    private final ProviderConnections connections;

    SslSocketTaps(ProviderConnections connections) {
        this.connections = connections;
    }

    void declare(HookTable table) {
        // startHandshake(boolean) is BouncyCastle's own, which a first read or write calls too
        table.on(SOCKET, "startHandshake", ENTER, "()V", "(Z)V")
                .named("any-socket-handshake")
                .inSubclasses()
                .pass(THIS)
                .to((a, b, c, d, e) -> connections.of(a).handshakeBegins(((SSLSocket) a).getUseClientMode()));
        table.on(SOCKET, "startHandshake", EXIT, "()V", "(Z)V")
                .named("any-socket-handshake-done")
                .inSubclasses()
                .pass(THIS)
                .to((a, b, c, d, e) -> {
                    ProviderConnection at = connections.of(a);
                    if (at.handshakeEnds()) {
                        connections.completed(at);
                    }
                });
        table.on(SOCKET, "startHandshake", THROW, "()V", "(Z)V")
                .named("any-socket-handshake-threw")
                .inSubclasses()
                .pass(THIS, THROWN)
                .to((a, b, c, d, e) -> {
                    ProviderConnection at = connections.of(a);
                    if (at.handshakeEnds()) {
                        connections.failed(at, (Throwable) b);
                    }
                });
        table.on(SOCKET, "close", EXIT, "()V")
                .named("any-socket-closed")
                .inSubclasses()
                .pass(THIS)
                .to((a, b, c, d, e) -> connections.of(a).connection.close());
    }
}
