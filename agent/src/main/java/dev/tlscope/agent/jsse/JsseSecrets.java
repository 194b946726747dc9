package dev.tlscope.agent.jsse;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Reads the objects of {@code sun.security.ssl} that hold secrets, and transcript hashes. Beside {@link
 * Jsse} the only place that names their fields; a field that a JDK lacks reads as null.
 */
final class JsseSecrets {
    private static final JsseField DERIVATION_SECRET = new JsseField("secret");
    private static final JsseField DERIVATION_HASH = new JsseField("transcriptHash");
    private static final JsseField TRAFFIC_SECRET = new JsseField("secret");
    private static final JsseField MASTER_CONTEXT = new JsseField("context");
    private static final JsseField[] AGREEMENT_CONTEXT = {
        new JsseField("context"), new JsseField("context"), new JsseField("context")
    };
    private static final JsseField AGREEMENT_ALGORITHM = new JsseField("algorithmName");
    private static final JsseField HANDSHAKE_HASH = new JsseField("handshakeHash");
    private static final JsseField FINISHED_VERIFY_DATA = new JsseField("verifyData");
    private static final JsseField HYBRID_FIRST = new JsseField("k1");
    private static final JsseField HYBRID_SECOND = new JsseField("k2");
    private static final JsseField CONTEXT_SESSION = new JsseField("conSession");
    private static final JsseField READ_BASE = new JsseField("baseSecret");
    private static final JsseField WRITE_BASE = new JsseField("baseSecret");
    private static final JsseField CLIENT_MAC = new JsseField("clientMacKey");
    private static final JsseField SERVER_MAC = new JsseField("serverMacKey");
    private static final JsseField CLIENT_KEY = new JsseField("clientCipherKey");
    private static final JsseField SERVER_KEY = new JsseField("serverCipherKey");
    private static final JsseField CLIENT_IV = new JsseField("clientIv");
    private static final JsseField SERVER_IV = new JsseField("serverIv");

    private static volatile @Nullable Method digest;

    private JsseSecrets() {}

    /** SSLSecretDerivation: what it derives from. */
    static @Nullable SecretKey derivationSecret(Object derivation) {
        return (SecretKey) DERIVATION_SECRET.get(derivation);
    }

    /** SSLSecretDerivation: hash of the messages when it was made; not copied. */
    static byte @Nullable [] derivationHash(Object derivation) {
        return (byte[]) DERIVATION_HASH.get(derivation);
    }

    /** SSLTrafficKeyDerivation.T13TrafficKeyDerivation: the traffic secret. */
    static @Nullable Object trafficSecret(Object derivation) {
        return TRAFFIC_SECRET.get(derivation);
    }

    /** HandshakeContext of a LegacyMasterKeyDerivation. */
    static @Nullable Object contextOfMaster(Object derivation) {
        return MASTER_CONTEXT.get(derivation);
    }

    /** HandshakeContext of a KAKeyDerivation; of JDK 8's ECDHEKAKeyDerivation and DHEKAKeyDerivation. */
    static @Nullable Object contextOfAgreement(Object derivation) {
        String name = derivation.getClass().getSimpleName();
        int kind = name.startsWith("KA") ? 0 : name.startsWith("ECDHE") ? 1 : 2;
        return AGREEMENT_CONTEXT[kind].get(derivation);
    }

    /** KAKeyDerivation: the group's algorithm as JCA names it; null on JDK 8. */
    static @Nullable String agreementAlgorithm(Object derivation) {
        return (String) AGREEMENT_ALGORITHM.get(derivation);
    }

    /** Finished.FinishedMessage: what it carries; not copied. */
    static byte @Nullable [] verifyData(Object finished) {
        return (byte[]) FINISHED_VERIFY_DATA.get(finished);
    }

    /** Hybrid.SecretKeyImpl: the secret of its first or second key exchange. */
    static @Nullable SecretKey hybridPart(Object key, boolean first) {
        return (SecretKey) (first ? HYBRID_FIRST : HYBRID_SECOND).get(key);
    }

    /** SSLSessionImpl of a TransportContext. */
    static @Nullable Object session(Object context) {
        return CONTEXT_SESSION.get(context);
    }

    /** Base secrets of the ciphers in use, which a KeyUpdate goes on from: true when that secret is the one we read with. */
    static boolean readsWith(@Nullable Object context, Object secret) {
        return context != null && READ_BASE.get(JsseCipher.ofInput(Jsse.inputRecord(context))) == secret;
    }

    /** The same for writing. */
    static boolean writesWith(@Nullable Object context, Object secret) {
        return context != null && WRITE_BASE.get(JsseCipher.ofOutput(Jsse.outputRecord(context))) == secret;
    }

    /** HandshakeHash.digest of a HandshakeContext, which works on a clone and changes nothing. */
    static byte @Nullable [] transcriptHash(Object handshake) {
        Object hash = HANDSHAKE_HASH.get(handshake);
        if (hash == null) {
            return null;
        }
        try {
            Method found = digest;
            if (found == null) {
                found = hash.getClass().getDeclaredMethod("digest");
                found.setAccessible(true);
                digest = found;
            }
            return (byte[]) found.invoke(hash);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            return null;
        }
    }

    // TlsKeyMaterialSpec

    static @Nullable Object macKey(Object material, boolean client) {
        return (client ? CLIENT_MAC : SERVER_MAC).get(material);
    }

    static @Nullable Object writeKey(Object material, boolean client) {
        return (client ? CLIENT_KEY : SERVER_KEY).get(material);
    }

    static @Nullable Object writeIv(Object material, boolean client) {
        return (client ? CLIENT_IV : SERVER_IV).get(material);
    }
}
