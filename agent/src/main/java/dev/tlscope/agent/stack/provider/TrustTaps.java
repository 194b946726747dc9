package dev.tlscope.agent.stack.provider;

import static dev.tlscope.agent.weave.Hook.Where.ENTER;
import static dev.tlscope.agent.weave.HookValue.arg;

import dev.tlscope.agent.weave.HookTable;
import dev.tlscope.agent.weave.HookTarget;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * The chain that the JDK's trust manager is asked about by an engine or socket of another provider: in TLS 1.3 the peer's
 * certificates cross the wire encrypted.
 */
final class TrustTaps {
    private static final String CHAIN = "([Ljava/security/cert/X509Certificate;Ljava/lang/String;";

    private final ProviderConnections connections;

    TrustTaps(ProviderConnections connections) {
        this.connections = connections;
    }

    void declare(HookTable table) {
        HookTarget asked = (a, b, c, d, e) -> asked((Object[]) a, b);
        table.on(
                        "sun.security.ssl.X509TrustManagerImpl",
                        "checkTrusted",
                        ENTER,
                        CHAIN + "Ljavax/net/ssl/SSLEngine;Z)V",
                        CHAIN + "Ljava/net/Socket;Z)V")
                .named("any-chain-checked")
                .pass(arg(0), arg(2))
                .to(asked);
    }

    private void asked(Object @Nullable [] chain, @Nullable Object asking) {
        ProviderConnection at = asking == null ? connections.ofThread() : connections.find(asking);
        if (chain == null || at == null || at.connection.isCompleted()) {
            return;
        }
        Event event = at.connection.event(EventType.PEER_CERTIFICATES);
        try {
            for (Object certificate : chain) {
                event.put(Field.CERTIFICATE, ((X509Certificate) certificate).getEncoded());
            }
            at.connection.add(event);
        } catch (CertificateEncodingException e) {
            // a chain with a gap would be another one
        }
    }
}
