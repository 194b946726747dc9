package dev.tlscope.agent.jsse;

import dev.tlscope.agent.key.KeyPairCheck;
import dev.tlscope.agent.record.Connection;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which private key the key manager handed out, and how the RSA pre-master fared that was encrypted for it. */
final class KeyTaps {
    private final ConnectionTaps connections;
    private final KeyPairCheck pairs;

    /** Threads inside RSAPremasterSecret.decode: KeyUtil, which it calls, knows no connection. */
    private final Map<Thread, Connection> decoding = new ConcurrentHashMap<>();

    KeyTaps(ConnectionTaps connections, KeyPairCheck pairs) {
        this.connections = connections;
        this.pairs = pairs;
    }

    /** X509ExtendedKeyManager.getPrivateKey returned. */
    void aliasChosen(Object handshake, @Nullable String alias) {
        Connection connection = connections.ofHandshake(handshake);
        if (connection != null) {
            connection.alias(alias);
        }
    }

    /** X509Authentication.create(Server|Client)Possession returns; null when no key fits. */
    void possession(Object handshake, @Nullable Object possession) {
        Connection connection = connections.ofHandshake(handshake);
        if (connection == null || possession == null) {
            return;
        }
        PrivateKey key = Jsse.privateKey(possession);
        X509Certificate[] chain = Jsse.certificates(possession);
        if (key != null && chain != null && chain.length > 0) {
            pairs.add(connection, key, chain, connection.alias());
        }
    }

    /** RSAPremasterSecret.decode begins on this thread. */
    void enter(Object handshake) {
        Connection connection = connections.ofHandshake(handshake);
        if (connection != null) {
            decoding.put(Thread.currentThread(), connection);
        }
    }

    /** It ended, one way or the other. */
    void leave() {
        if (!decoding.isEmpty()) {
            decoding.remove(Thread.currentThread());
        }
    }

    /**
     * KeyUtil.checkTlsPreMasterSecretKey, which replaces a bad pre-master by a random one and says nothing (RFC 5246,
     * 7.4.7.1). The same tests as there, made on what it is given.
     */
    void premaster(int clientVersion, int serverVersion, byte @Nullable [] encoded, boolean failed) {
        Connection connection = decoding.get(Thread.currentThread());
        if (connection == null) {
            return;
        }
        Event event = connection.event(EventType.PREMASTER).put(Field.CLIENT_VERSION, clientVersion);
        boolean replaced;
        if (failed || encoded == null) {
            replaced = true;
            event.put(
                    Field.REASON,
                    "RSA decryption of the pre-master failed: its padding is wrong under this private key");
        } else {
            event.put(Field.PREMASTER_LENGTH, encoded.length);
            int version = encoded.length < 2 ? -1 : (encoded[0] & 0xff) << 8 | (encoded[1] & 0xff);
            event.put(Field.PREMASTER_VERSION, version);
            boolean wrongVersion = version != clientVersion && (clientVersion > 0x0301 || version != serverVersion);
            replaced = encoded.length != 48 || wrongVersion;
            if (replaced) {
                event.put(
                        Field.REASON,
                        encoded.length != 48
                                ? "the decrypted pre-master has the wrong length"
                                : "the decrypted pre-master begins with another version than the ClientHello's");
            }
        }
        connection.add(event.put(Field.REPLACED, replaced ? 1 : 0));
    }
}
