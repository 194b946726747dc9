package dev.tlscope.agent.stack.jsse;

import static dev.tlscope.agent.stack.jsse.JsseNames.DECODE;
import static dev.tlscope.agent.stack.jsse.JsseNames.RSA_PREMASTER;
import static dev.tlscope.agent.weave.Hook.Where.ENTER;
import static dev.tlscope.agent.weave.Hook.Where.EXIT;
import static dev.tlscope.agent.weave.HookValue.arg;

import dev.tlscope.agent.record.Connection;
import dev.tlscope.agent.weave.HookTable;
import dev.tlscope.capture.EventType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Records the outcome of the decryption of an RSA premaster secret, which JSSE hides from the peer and the application.
 */
final class PremasterTaps {
    private final ConnectionTaps connections;

    /**
     * Threads within RSAPremasterSecret.decode, which calls RSAPadding and KeyUtil; these have no reference to the
     * connection.
     */
    private final Map<Thread, Connection> decoding = new ConcurrentHashMap<>();

    PremasterTaps(ConnectionTaps connections) {
        this.connections = connections;
    }

    void declare(HookTable table) {
        table.on(RSA_PREMASTER, "decode", ENTER, DECODE)
                .named("premaster-decode")
                .pass(arg(0))
                .to((a, b, c, d, e) -> enter(a));
        table.on(RSA_PREMASTER, "decode", EXIT, DECODE)
                .named("premaster-decoded")
                .pass(arg(0))
                .to((a, b, c, d, e) -> leave());
        // SunJCE removes the padding here; other providers go through KeyUtil.
        table.on("sun.security.rsa.RSAPadding", "unpadForTls", ENTER, "([BII)[B")
                .named("premaster-unpad")
                .pass(arg(0), arg(1), arg(2))
                .to((a, b, c, d, e) -> premasterPadding((byte[]) a, (Integer) b, (Integer) c));
        table.on(
                        "sun.security.util.KeyUtil",
                        "checkTlsPreMasterSecretKey",
                        ENTER,
                        "(IILjava/security/SecureRandom;[BZ)[B")
                .named("premaster-check")
                .pass(arg(0), arg(1), arg(3), arg(4))
                .to((a, b, c, d, e) -> premaster((Integer) a, (Integer) b, (byte[]) c, (Boolean) d));
    }

    /** RSAPremasterSecret.decode begins on this thread. */
    private void enter(Object handshake) {
        Connection connection = connections.ofHandshake(handshake);
        if (connection != null) {
            decoding.put(Thread.currentThread(), connection);
        }
    }

    /** RSAPremasterSecret.decode ended on this thread, by returning or by throwing. */
    void leave() {
        if (!decoding.isEmpty()) {
            decoding.remove(Thread.currentThread());
        }
    }

    /** RSAPadding.unpadForTls: the decrypted block with its padding (RFC 8017, 7.2.2). */
    private void premasterPadding(byte[] padded, int clientVersion, int serverVersion) {
        Connection connection = decoding.get(Thread.currentThread());
        if (connection != null && padded.length > PremasterOutcome.LENGTH + 3) {
            int bad = PremasterOutcome.paddingDefects(padded);
            int at = padded.length - PremasterOutcome.LENGTH;
            int version = (padded[at] & 0xff) << 8 | (padded[at + 1] & 0xff);
            connection.add(new PremasterOutcome(
                    connection.event(EventType.PREMASTER), bad, version, clientVersion, serverVersion));
        }
    }

    /** KeyUtil.checkTlsPreMasterSecretKey, which is called when a provider other than SunJCE decrypts. */
    private void premaster(int clientVersion, int serverVersion, byte @Nullable [] encoded, boolean failed) {
        Connection connection = decoding.get(Thread.currentThread());
        if (connection != null) {
            boolean whole = encoded != null && encoded.length == PremasterOutcome.LENGTH;
            int version = whole && encoded != null ? (encoded[0] & 0xff) << 8 | (encoded[1] & 0xff) : 0;
            connection.add(new PremasterOutcome(
                    connection.event(EventType.PREMASTER),
                    failed || !whole ? 1 : 0,
                    version,
                    clientVersion,
                    serverVersion));
        }
    }
}
