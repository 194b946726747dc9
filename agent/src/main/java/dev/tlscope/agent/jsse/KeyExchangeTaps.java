package dev.tlscope.agent.jsse;

import dev.tlscope.agent.record.Connection;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.SecretLabel;
import java.lang.reflect.Method;
import javax.crypto.KeyGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What both sides agree on, pre-shared keys, and what TLS 1.0 to 1.2 derive from them. Its hooks are woven with secrets=on
 * alone.
 */
final class KeyExchangeTaps {
    private static final String SHARED = "shared_secret";
    private static final String PREMASTER = "premaster_secret";
    private static final String MASTER = SecretLabel.CLIENT_RANDOM.name();

    private final ConnectionTaps connections;

    KeyExchangeTaps(ConnectionTaps connections) {
        this.connections = connections;
    }

    /** KeyAgreement.generateSecret of (EC)DHE in TLS 1.0 to 1.2: Z (RFC 5246, 8.1.2). */
    void premasterAgreed(Object derivation, @Nullable Object agreement, @Nullable Object key) {
        add(JsseSecrets.contextOfAgreement(derivation), PREMASTER, null, agreement, key);
    }

    /** The same in TLS 1.3. */
    void sharedAgreed(Object derivation, @Nullable Object agreement, @Nullable Object key) {
        add(JsseSecrets.contextOfAgreement(derivation), SHARED, null, agreement, key);
    }

    /** KEM.Decapsulator.decapsulate, on the client. */
    void sharedDecapsulated(Object derivation, Object decapsulator, @Nullable Object key) {
        Object handshake = JsseSecrets.contextOfAgreement(derivation);
        Connection connection = handshake == null ? null : connections.ofHandshake(handshake);
        if (connection != null) {
            Event event = Maker.put(SecretLog.event(connection, SHARED, key), decapsulator);
            connection.add(event.put(Field.ALGORITHM, JsseSecrets.agreementAlgorithm(derivation)));
        }
    }

    /** KEM.Encapsulator.encapsulate, on the server: the result has the key. */
    void sharedEncapsulated(Object derivation, Object encapsulator, Object encapsulated)
            throws ReflectiveOperationException {
        Method key = encapsulated.getClass().getMethod("key"); // javax.crypto.KEM is JDK 21's
        sharedDecapsulated(derivation, encapsulator, key.invoke(encapsulated));
    }

    /** RSA pre-master: the client made it, or the server decrypted it. */
    void premaster(Object handshake, @Nullable Object maker, @Nullable Object key) {
        add(handshake, PREMASTER, null, maker, key);
    }

    /** LegacyMasterKeyDerivation.deriveKey: the master secret of a full handshake. */
    void masterDerived(Object derivation, @Nullable Object generator, @Nullable Object key) {
        Object handshake = JsseSecrets.contextOfMaster(derivation);
        Connection connection = handshake == null ? null : connections.ofHandshake(handshake);
        if (connection != null && handshake != null) {
            // JSSE has just asked for the same hash, and nothing came in between
            byte[] hash = isExtended(generator) ? JsseSecrets.transcriptHash(handshake) : null;
            SecretLog.add(connection, "master_secret", PREMASTER, hash, generator, key);
        }
    }

    /** LegacyTrafficKeyDerivation.&lt;init&gt;: the master secret, in full and resumed handshakes. */
    void master(Object handshake, @Nullable Object key) {
        Connection connection = connections.ofHandshake(handshake);
        if (connection != null) {
            byte[] random = Jsse.clientRandom(handshake);
            if (random != null && connection.clientRandom() == null) {
                connection.clientRandom(random);
            }
            SecretLog.add(connection, MASTER, null, null, null, key);
        }
    }

    /** LegacyTrafficKeyDerivation.&lt;init&gt;: the key block, which comes in parts (RFC 5246, 6.3). */
    void keyMaterial(Object handshake, @Nullable Object generator, @Nullable Object material) {
        Connection connection = connections.ofHandshake(handshake);
        if (connection == null || material == null) {
            return;
        }
        for (int i = 0; i < 2; i++) {
            boolean client = i == 0;
            String side = client ? "client" : "server";
            Object mac = JsseSecrets.macKey(material, client);
            SecretLog.add(connection, side + "_write_mac_key", MASTER, null, generator, mac);
            SecretLog.add(
                    connection, side + "_write_key", MASTER, null, generator, JsseSecrets.writeKey(material, client));
            SecretLog.add(
                    connection, side + "_write_iv", MASTER, null, generator, JsseSecrets.writeIv(material, client));
        }
    }

    /** PreSharedKeyExtension.deriveBinderKey: the PSK and what it gives. */
    void binderKey(Object handshake, @Nullable Object psk, @Nullable Object key) {
        add(handshake, "psk", null, null, psk);
        add(handshake, "binder_key", "psk", null, key);
    }

    /** RFC 7627: the master secret is bound to the messages, not to the randoms alone. */
    private static boolean isExtended(@Nullable Object generator) {
        return generator instanceof KeyGenerator
                && ((KeyGenerator) generator).getAlgorithm().contains("Extended");
    }

    private void add(
            @Nullable Object handshake,
            String label,
            @Nullable String base,
            @Nullable Object maker,
            @Nullable Object key) {
        Connection connection = handshake == null ? null : connections.ofHandshake(handshake);
        if (connection != null) {
            SecretLog.add(connection, label, base, null, maker, key);
        }
    }
}
