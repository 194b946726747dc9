package dev.tlscope.agent.stack.jsse.field;

import dev.tlscope.agent.reflect.JdkField;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Reads the objects of {@code sun.security.ssl} that hold secrets, and transcript hashes. A field that a JDK lacks reads as
 * null.
 */
public final class JsseSecrets {
    private static final JdkField DERIVATION_SECRET = new JdkField("secret");
    private static final JdkField DERIVATION_HASH = new JdkField("transcriptHash");
    private static final JdkField TRAFFIC_SECRET = new JdkField("secret");
    private static final JdkField MASTER_CONTEXT = new JdkField("context");
    private static final JdkField[] AGREEMENT_CONTEXT = {
        new JdkField("context"), new JdkField("context"), new JdkField("context")
    };
    private static final JdkField AGREEMENT_ALGORITHM = new JdkField("algorithmName");
    private static final JdkField HANDSHAKE_HASH = new JdkField("handshakeHash");
    private static final JdkField FINISHED_VERIFY_DATA = new JdkField("verifyData");
    private static final JdkField HYBRID_FIRST = new JdkField("k1");
    private static final JdkField HYBRID_SECOND = new JdkField("k2");
    private static final JdkField CONTEXT_SESSION = new JdkField("conSession");
    private static final JdkField READ_BASE = new JdkField("baseSecret");
    private static final JdkField WRITE_BASE = new JdkField("baseSecret");
    private static final JdkField CLIENT_MAC = new JdkField("clientMacKey");
    private static final JdkField SERVER_MAC = new JdkField("serverMacKey");
    private static final JdkField CLIENT_KEY = new JdkField("clientCipherKey");
    private static final JdkField SERVER_KEY = new JdkField("serverCipherKey");
    private static final JdkField CLIENT_IV = new JdkField("clientIv");
    private static final JdkField SERVER_IV = new JdkField("serverIv");

    private static volatile @Nullable Method digest;

    private JsseSecrets() {}

    /** SSLSecretDerivation: the secret from which it derives. */
    public static @Nullable SecretKey derivationSecret(Object derivation) {
        return (SecretKey) DERIVATION_SECRET.get(derivation);
    }

    /** SSLSecretDerivation: the transcript hash at its creation; not copied. */
    public static byte @Nullable [] derivationHash(Object derivation) {
        return (byte[]) DERIVATION_HASH.get(derivation);
    }

    /** SSLTrafficKeyDerivation.T13TrafficKeyDerivation: the traffic secret. */
    public static @Nullable Object trafficSecret(Object derivation) {
        return TRAFFIC_SECRET.get(derivation);
    }

    /** The HandshakeContext of a LegacyMasterKeyDerivation. */
    public static @Nullable Object contextOfMaster(Object derivation) {
        return MASTER_CONTEXT.get(derivation);
    }

    /** The HandshakeContext of a KAKeyDerivation, or of JDK 8's ECDHEKAKeyDerivation and DHEKAKeyDerivation. */
    public static @Nullable Object contextOfAgreement(Object derivation) {
        String name = derivation.getClass().getSimpleName();
        int kind = name.startsWith("KA") ? 0 : name.startsWith("ECDHE") ? 1 : 2;
        return AGREEMENT_CONTEXT[kind].get(derivation);
    }

    /** KAKeyDerivation: the group's algorithm as JCA names it; null on JDK 8. */
    public static @Nullable String agreementAlgorithm(Object derivation) {
        return (String) AGREEMENT_ALGORITHM.get(derivation);
    }

    /** Finished.FinishedMessage: its verify_data; not copied. */
    public static byte @Nullable [] verifyData(Object finished) {
        return (byte[]) FINISHED_VERIFY_DATA.get(finished);
    }

    /** Hybrid.SecretKeyImpl: the secret of its first or second key exchange. */
    public static @Nullable SecretKey hybridPart(Object key, boolean first) {
        return (SecretKey) (first ? HYBRID_FIRST : HYBRID_SECOND).get(key);
    }

    /** The SSLSessionImpl of a TransportContext. */
    public static @Nullable Object session(Object context) {
        return CONTEXT_SESSION.get(context);
    }

    /** True when the read cipher has that base secret, from which a KeyUpdate continues. */
    public static boolean readsWith(@Nullable Object context, Object secret) {
        return context != null && READ_BASE.get(JsseCipher.ofInput(Jsse.inputRecord(context))) == secret;
    }

    /** True when the write cipher has that base secret. */
    public static boolean writesWith(@Nullable Object context, Object secret) {
        return context != null && WRITE_BASE.get(JsseCipher.ofOutput(Jsse.outputRecord(context))) == secret;
    }

    /** HandshakeHash.digest of a HandshakeContext, which uses a clone and changes nothing. */
    public static byte @Nullable [] transcriptHash(Object handshake) {
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

    public static @Nullable Object macKey(Object material, boolean client) {
        return (client ? CLIENT_MAC : SERVER_MAC).get(material);
    }

    public static @Nullable Object writeKey(Object material, boolean client) {
        return (client ? CLIENT_KEY : SERVER_KEY).get(material);
    }

    public static @Nullable Object writeIv(Object material, boolean client) {
        return (client ? CLIENT_IV : SERVER_IV).get(material);
    }
}
