package dev.tlscope.agent.jsse;

import dev.tlscope.agent.record.Connection;
import dev.tlscope.agent.record.Recorder;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.SecretLabel;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** Derived secrets, taken only when secrets are on: otherwise no key's bytes are ever asked for. */
final class SecretTaps {
    private final ConnectionTaps connections;
    private final Recorder recorder;
    private final boolean on;

    SecretTaps(ConnectionTaps connections, Recorder recorder, boolean on) {
        this.connections = connections;
        this.recorder = recorder;
        this.on = on;
    }

    /** SSLSecretDerivation.&lt;init&gt;: it keeps no reference to the connection, so note it here. */
    void derivationMade(Object derivation, Object handshake) {
        if (on) {
            connections.link(derivation, Jsse.transportContext(handshake));
        }
    }

    /** SSLSecretDerivation.deriveKey, under the name that JSSE gives the secret. */
    void derived(Object derivation, String jsseName, @Nullable Object key) {
        Connection connection = on ? recorder.find(derivation) : null;
        if (connection != null) {
            add(connection, connection.clientRandom(), jsseName, key);
        }
    }

    /** The master secret of TLS 1.0 to 1.2, full and resumed. */
    void master(Object handshake, @Nullable Object key) {
        Connection connection = on ? connections.ofHandshake(handshake) : null;
        if (connection != null) {
            add(connection, Jsse.clientRandom(handshake), "TlsMasterSecret", key);
        }
    }

    private static void add(
            Connection connection, byte @Nullable [] clientRandom, String jsseName, @Nullable Object key) {
        // Null for a key that stays in its device (PKCS#11).
        byte[] encoded = key instanceof SecretKey ? ((SecretKey) key).getEncoded() : null;
        if (encoded == null) {
            return;
        }
        SecretLabel label = SecretLabel.ofJsse(jsseName);
        connection.add(connection
                .event(EventType.SECRET)
                .put(Field.LABEL, label != null && clientRandom != null ? label.name() : jsseName)
                .put(Field.CLIENT_RANDOM, clientRandom)
                .put(Field.BYTES, encoded));
    }
}
