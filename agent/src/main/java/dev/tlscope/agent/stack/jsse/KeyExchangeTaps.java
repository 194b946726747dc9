package dev.tlscope.agent.stack.jsse;

import static dev.tlscope.agent.stack.jsse.JsseNames.DECODE;
import static dev.tlscope.agent.stack.jsse.JsseNames.DERIVE;
import static dev.tlscope.agent.stack.jsse.JsseNames.DERIVE_25;
import static dev.tlscope.agent.stack.jsse.JsseNames.HANDSHAKE;
import static dev.tlscope.agent.stack.jsse.JsseNames.L;
import static dev.tlscope.agent.stack.jsse.JsseNames.RSA_PREMASTER;
import static dev.tlscope.agent.stack.jsse.JsseNames.SECRETS_ON;
import static dev.tlscope.agent.stack.jsse.JsseNames.SECRET_KEY;
import static dev.tlscope.agent.stack.jsse.JsseNames.SSL;
import static dev.tlscope.agent.stack.jsse.JsseNames.STRING;
import static dev.tlscope.agent.weave.Hook.Where.AFTER_CALL;
import static dev.tlscope.agent.weave.Hook.Where.EXIT;
import static dev.tlscope.agent.weave.HookValue.CALL_RECEIVER;
import static dev.tlscope.agent.weave.HookValue.CALL_RESULT;
import static dev.tlscope.agent.weave.HookValue.RESULT;
import static dev.tlscope.agent.weave.HookValue.THIS;
import static dev.tlscope.agent.weave.HookValue.arg;

import dev.tlscope.agent.record.Connection;
import dev.tlscope.agent.stack.jsse.field.Jsse;
import dev.tlscope.agent.stack.jsse.field.JsseSecrets;
import dev.tlscope.agent.weave.HookRow;
import dev.tlscope.agent.weave.HookTable;
import dev.tlscope.agent.weave.HookTarget;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.SecretLabel;
import java.lang.reflect.Method;
import javax.crypto.KeyGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Records the secrets that both sides agree on, pre-shared keys, and what TLS 1.0 to 1.2 derive from them. The hooks
 * are woven only with secrets=on.
 */
final class KeyExchangeTaps {
    private static final String SHARED = "shared_secret";
    private static final String PREMASTER = "premaster_secret";
    private static final String MASTER = SecretLabel.CLIENT_RANDOM.name();

    private final ConnectionTaps connections;

    KeyExchangeTaps(ConnectionTaps connections) {
        this.connections = connections;
    }

    void declare(HookTable table) {
        agreements(table);
        HookTarget premaster = (a, b, c, d, e) -> premaster(a, b, c);
        table.on(
                        RSA_PREMASTER,
                        "createPremasterSecret",
                        AFTER_CALL,
                        "(" + L + "ClientHandshakeContext;)" + L + "RSAKeyExchange$RSAPremasterSecret;")
                .inside("generateKey")
                .named("premaster-made")
                .onlyWith(SECRETS_ON)
                .pass(arg(0), CALL_RECEIVER, CALL_RESULT)
                .to(premaster);
        table.on(RSA_PREMASTER, "decode", AFTER_CALL, DECODE)
                .inside("unwrap")
                .named("premaster-unwrapped")
                .onlyWith(SECRETS_ON)
                .pass(arg(0), CALL_RECEIVER, CALL_RESULT)
                .to(premaster);
        // Called after a provider other than SunJCE decrypted; KeyUtil may have replaced the premaster secret with a
        // random one.
        table.on(RSA_PREMASTER, "decode", AFTER_CALL, DECODE)
                .inside("generatePremasterSecret")
                .named("premaster-replaced")
                .onlyWith(SECRETS_ON)
                .pass(arg(0), CALL_RESULT)
                .to((a, b, c, d, e) -> premaster(a, null, b));
        table.on(SSL + "SSLMasterKeyDerivation$LegacyMasterKeyDerivation", "deriveKey", AFTER_CALL, DERIVE, DERIVE_25)
                .inside("generateKey")
                .named("master-derived")
                .onlyWith(SECRETS_ON)
                .pass(THIS, CALL_RECEIVER, CALL_RESULT)
                .to((a, b, c, d, e) -> masterDerived(a, b, c));
        String traffic = SSL + "SSLTrafficKeyDerivation$LegacyTrafficKeyDerivation";
        String made = "(" + HANDSHAKE + SECRET_KEY + ")V";
        // Called for full and resumed handshakes, with the master secret.
        table.on(traffic, "<init>", EXIT, made)
                .named("master-secret")
                .onlyWith(SECRETS_ON)
                .pass(arg(0), arg(1))
                .to((a, b, c, d, e) -> master(a, b));
        table.on(traffic, "<init>", AFTER_CALL, made)
                .inside("generateKey")
                .named("key-material")
                .onlyWith(SECRETS_ON)
                .pass(arg(0), CALL_RECEIVER, CALL_RESULT)
                .to((a, b, c, d, e) -> keyMaterial(a, b, c));
        table.on(
                        SSL + "PreSharedKeyExtension",
                        "deriveBinderKey",
                        EXIT,
                        "(" + HANDSHAKE + SECRET_KEY + L + "SSLSessionImpl;)" + SECRET_KEY)
                .named("binder-key")
                .onlyWith(SECRETS_ON)
                .pass(arg(0), arg(1), RESULT)
                .to((a, b, c, d, e) -> binderKey(a, b, c));
    }

    /** JDK 8 has a class for each kind of agreement; JDK 11 added KAKeyDerivation, and JDK 25 KEM. */
    private void agreements(HookTable table) {
        HookTarget premaster = (a, b, c, d, e) -> premasterAgreed(a, b, c);
        HookTarget shared = (a, b, c, d, e) -> sharedAgreed(a, b, c);
        String agreement = SSL + "KAKeyDerivation";
        agreed(table, agreement, "t12DeriveKey", DERIVE, DERIVE_25, "()" + SECRET_KEY)
                .named("premaster-agreed")
                .to(premaster);
        agreed(table, agreement, "t13DeriveKey", DERIVE, DERIVE_25)
                .named("shared-agreed")
                .to(shared);
        for (String name :
                new String[] {"ECDHKeyExchange$ECDHEKAKeyDerivation", "DHKeyExchange$DHEKAGenerator$DHEKAKeyDerivation"
                }) {
            agreed(table, SSL + name, "t12DeriveKey", DERIVE)
                    .named("premaster-agreed")
                    .to(premaster);
            agreed(table, SSL + name, "t13DeriveKey", DERIVE)
                    .named("shared-agreed")
                    .to(shared);
        }
        table.on(agreement, "t13DeriveKey", AFTER_CALL, DERIVE_25)
                .inside("decapsulate")
                .named("shared-decapsulated")
                .onlyWith(SECRETS_ON)
                .pass(THIS, CALL_RECEIVER, CALL_RESULT)
                .to((a, b, c, d, e) -> sharedDecapsulated(a, b, c));
        table.on(
                        agreement,
                        "encapsulate",
                        AFTER_CALL,
                        "(" + STRING + "Ljava/security/SecureRandom;)Ljavax/crypto/KEM$Encapsulated;")
                .inside("encapsulate")
                .named("shared-encapsulated")
                .onlyWith(SECRETS_ON)
                .pass(THIS, CALL_RECEIVER, CALL_RESULT)
                .to((a, b, c, d, e) -> sharedEncapsulated(a, b, c));
    }

    private static HookRow agreed(HookTable table, String owner, String method, String... descriptors) {
        return table.on(owner, method, AFTER_CALL, descriptors)
                .inside("generateSecret")
                .onlyWith(SECRETS_ON)
                .pass(THIS, CALL_RECEIVER, CALL_RESULT);
    }

    /** KeyAgreement.generateSecret of (EC)DHE in TLS 1.0 to 1.2: Z (RFC 5246, 8.1.2). */
    private void premasterAgreed(Object derivation, @Nullable Object agreement, @Nullable Object key) {
        add(JsseSecrets.contextOfAgreement(derivation), PREMASTER, null, agreement, key);
    }

    /** KeyAgreement.generateSecret of (EC)DHE in TLS 1.3. */
    private void sharedAgreed(Object derivation, @Nullable Object agreement, @Nullable Object key) {
        add(JsseSecrets.contextOfAgreement(derivation), SHARED, null, agreement, key);
    }

    /** KEM.Decapsulator.decapsulate, on the client. */
    private void sharedDecapsulated(Object derivation, Object decapsulator, @Nullable Object key) {
        Object handshake = JsseSecrets.contextOfAgreement(derivation);
        Connection connection = handshake == null ? null : connections.ofHandshake(handshake);
        if (connection != null) {
            Event event = ProviderOf.put(SecretEvents.event(connection, SHARED, key), decapsulator);
            connection.add(event.put(Field.ALGORITHM, JsseSecrets.agreementAlgorithm(derivation)));
        }
    }

    /** KEM.Encapsulator.encapsulate, on the server: the result contains the key. */
    private void sharedEncapsulated(Object derivation, Object encapsulator, Object encapsulated)
            throws ReflectiveOperationException {
        Method key = encapsulated.getClass().getMethod("key"); // javax.crypto.KEM exists from JDK 21 on
        sharedDecapsulated(derivation, encapsulator, key.invoke(encapsulated));
    }

    /** RSA premaster secret: the client made it, or the server decrypted it. */
    private void premaster(Object handshake, @Nullable Object maker, @Nullable Object key) {
        add(handshake, PREMASTER, null, maker, key);
    }

    /** LegacyMasterKeyDerivation.deriveKey: the master secret of a full handshake. */
    private void masterDerived(Object derivation, @Nullable Object generator, @Nullable Object key) {
        Object handshake = JsseSecrets.contextOfMaster(derivation);
        Connection connection = handshake == null ? null : connections.ofHandshake(handshake);
        if (connection != null && handshake != null) {
            // JSSE has just computed the same hash, and no message was added since
            byte[] hash = isExtended(generator) ? JsseSecrets.transcriptHash(handshake) : null;
            SecretEvents.add(connection, "master_secret", PREMASTER, hash, generator, key);
        }
    }

    /** LegacyTrafficKeyDerivation.&lt;init&gt;: the master secret, in full and resumed handshakes. */
    private void master(Object handshake, @Nullable Object key) {
        Connection connection = connections.ofHandshake(handshake);
        if (connection != null) {
            byte[] random = Jsse.clientRandom(handshake);
            if (random != null && connection.clientRandom() == null) {
                connection.clientRandom(random);
            }
            SecretEvents.add(connection, MASTER, null, null, null, key);
        }
    }

    /** LegacyTrafficKeyDerivation.&lt;init&gt;: the key block, in its parts (RFC 5246, 6.3). */
    private void keyMaterial(Object handshake, @Nullable Object generator, @Nullable Object material) {
        Connection connection = connections.ofHandshake(handshake);
        if (connection == null || material == null) {
            return;
        }
        for (int i = 0; i < 2; i++) {
            boolean client = i == 0;
            String side = client ? "client" : "server";
            Object mac = JsseSecrets.macKey(material, client);
            SecretEvents.add(connection, side + "_write_mac_key", MASTER, null, generator, mac);
            SecretEvents.add(
                    connection, side + "_write_key", MASTER, null, generator, JsseSecrets.writeKey(material, client));
            SecretEvents.add(
                    connection, side + "_write_iv", MASTER, null, generator, JsseSecrets.writeIv(material, client));
        }
    }

    /** PreSharedKeyExtension.deriveBinderKey: the PSK and the binder key. */
    private void binderKey(Object handshake, @Nullable Object psk, @Nullable Object key) {
        add(handshake, "psk", null, null, psk);
        add(handshake, "binder_key", "psk", null, key);
    }

    /** True when the master secret is bound to the messages, not only to the randoms (RFC 7627). */
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
            SecretEvents.add(connection, label, base, null, maker, key);
        }
    }
}
