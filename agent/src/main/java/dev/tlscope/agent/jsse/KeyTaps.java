package dev.tlscope.agent.jsse;

import dev.tlscope.agent.key.KeyPairCheck;
import dev.tlscope.agent.record.Connection;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.security.Principal;
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

    /**
     * The key manager was asked for an alias and answered.
     *
     * @param keyTypes a String, or an array of them
     * @param alias null when it has none that fits
     */
    void chosen(Object handshake, Object keyTypes, Principal @Nullable [] issuers, @Nullable String alias) {
        Connection connection = connections.ofHandshake(handshake);
        if (connection != null) {
            Event event = connection.event(EventType.KEY_CHOICE).put(Field.ALIAS, alias);
            for (String keyType :
                    keyTypes instanceof String[] ? (String[]) keyTypes : new String[] {(String) keyTypes}) {
                event.put(Field.KEY_TYPE, keyType);
            }
            connection.add(new KeyChoice(event, issuers));
        }
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

    /** RSAPadding.unpadForTls: the decrypted block, padding and all (RFC 8017, 7.2.2). */
    void premasterPadding(byte[] padded, int clientVersion, int serverVersion) {
        Connection connection = decoding.get(Thread.currentThread());
        if (connection != null && padded.length > PremasterOutcome.LENGTH + 3) {
            int bad = PremasterOutcome.paddingDefects(padded);
            int at = padded.length - PremasterOutcome.LENGTH;
            int version = (padded[at] & 0xff) << 8 | (padded[at + 1] & 0xff);
            connection.add(new PremasterOutcome(
                    connection.event(EventType.PREMASTER), bad, version, clientVersion, serverVersion));
        }
    }

    /** KeyUtil.checkTlsPreMasterSecretKey, where a provider other than SunJCE decrypted. */
    void premaster(int clientVersion, int serverVersion, byte @Nullable [] encoded, boolean failed) {
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
