package dev.tlscope.agent.jsse;

import static dev.tlscope.agent.weave.Value.CALL_RECEIVER;
import static dev.tlscope.agent.weave.Value.CALL_RESULT;
import static dev.tlscope.agent.weave.Value.RESULT;
import static dev.tlscope.agent.weave.Value.THIS;
import static dev.tlscope.agent.weave.Value.argument;
import static dev.tlscope.agent.weave.Value.callArgument;

import dev.tlscope.agent.weave.Hook;
import dev.tlscope.agent.weave.Hook.Where;
import java.util.List;

/**
 * Where JSSE has a secret or a proof in its hands. Most rows sit at the call of the JCA service that makes the value, which
 * tells who made it; all but Finished are woven with secrets=on alone.
 */
final class SecretHooks {
    /** Of a hook that serves secrets and nothing else: see {@link Hook#onlyWith}. */
    static final String SECRETS_ON = "secrets=on";

    static final int DERIVATION_MADE = 40;
    static final int SECRET_DERIVED = 41;
    static final int SECRET_DERIVED_25 = 42;
    static final int TRAFFIC_MADE = 43;
    static final int TRAFFIC_DERIVED = 44;
    static final int TRAFFIC_DERIVED_25 = 45;
    static final int TRAFFIC_DATA_25 = 46;
    static final int PREMASTER_AGREED = 47;
    static final int PREMASTER_AGREED_EC_8 = 48;
    static final int PREMASTER_AGREED_DH_8 = 49;
    static final int SHARED_AGREED = 50;
    static final int SHARED_AGREED_EC_8 = 51;
    static final int SHARED_AGREED_DH_8 = 52;
    static final int SHARED_DECAPSULATED = 53;
    static final int SHARED_ENCAPSULATED = 54;
    static final int PREMASTER_MADE = 55;
    static final int PREMASTER_UNWRAPPED = 56;
    static final int PREMASTER_REPLACED = 57;
    static final int MASTER_DERIVED = 58;
    static final int MASTER_SECRET = 59;
    static final int KEY_MATERIAL = 120;
    static final int BINDER_KEY = 121;
    static final int BINDER_CHECK = 122;
    static final int BINDER_COMPUTED = 123;
    static final int CERTIFICATE_VERIFY = 124;
    static final int EXPORTED = 125;
    static final int FINISHED = 126;

    private static final String SSL = "sun/security/ssl/";
    private static final String L = "Lsun/security/ssl/";
    private static final String KEY = "Ljavax/crypto/SecretKey;";
    private static final String STRING = "Ljava/lang/String;";
    private static final String SPEC = "Ljava/security/spec/AlgorithmParameterSpec;";

    /** deriveKey(String, AlgorithmParameterSpec), up to JDK 24, by HKDF of JSSE's own. */
    private static final String DERIVE = "(" + STRING + SPEC + ")" + KEY;
    /** deriveKey(String), from JDK 25 on, by javax.crypto.KDF. */
    private static final String DERIVE_25 = "(" + STRING + ")" + KEY;

    private static final String MADE = "(" + L + "HandshakeContext;" + KEY + ")V";

    private SecretHooks() {}

    static boolean owns(int hook) {
        return (hook >= DERIVATION_MADE && hook <= MASTER_SECRET) || (hook >= KEY_MATERIAL && hook <= FINISHED);
    }

    static void add(List<Hook> table) {
        table.add(Hook.of(
                        FINISHED,
                        "finished",
                        SSL + "Finished$FinishedMessage",
                        "<init>",
                        Where.AFTER_CALL,
                        "(" + L + "HandshakeContext;)V",
                        "(" + L + "HandshakeContext;Ljava/nio/ByteBuffer;)V")
                .inside("createVerifyData")
                .pass(THIS, argument(0), callArgument(1), CALL_RESULT));
        schedule(table);
        exchange(table);
        agreements8(table);
        legacy(table);
        psk(table);
    }

    /** TLS 1.3's key schedule (RFC 8446, 7.1 to 7.3). */
    private static void schedule(List<Hook> table) {
        String derivation = SSL + "SSLSecretDerivation";
        String traffic = SSL + "SSLTrafficKeyDerivation$T13TrafficKeyDerivation";
        add(
                table,
                Hook.of(DERIVATION_MADE, "derivation-made", derivation, "<init>", Where.EXIT, MADE)
                        .pass(THIS, argument(0), argument(1)));
        add(
                table,
                Hook.of(SECRET_DERIVED, "secret-derived", derivation, "deriveKey", Where.AFTER_CALL, DERIVE)
                        .inside("expand")
                        .pass(THIS, argument(0), CALL_RECEIVER, CALL_RESULT));
        add(
                table,
                Hook.of(SECRET_DERIVED_25, "secret-derived", derivation, "deriveKey", Where.AFTER_CALL, DERIVE_25)
                        .inside("deriveKey")
                        .pass(THIS, argument(0), CALL_RECEIVER, CALL_RESULT));
        add(
                table,
                Hook.of(TRAFFIC_MADE, "traffic-made", traffic, "<init>", Where.EXIT, MADE)
                        .pass(argument(0), argument(1)));
        add(
                table,
                Hook.of(TRAFFIC_DERIVED, "traffic-derived", traffic, "deriveKey", Where.AFTER_CALL, DERIVE)
                        .inside("expand")
                        .pass(THIS, argument(0), CALL_RECEIVER, CALL_RESULT));
        add(
                table,
                Hook.of(TRAFFIC_DERIVED_25, "traffic-derived", traffic, "deriveKey", Where.AFTER_CALL, DERIVE_25)
                        .inside("deriveKey")
                        .pass(THIS, argument(0), CALL_RECEIVER, CALL_RESULT));
        add(
                table,
                Hook.of(TRAFFIC_DATA_25, "traffic-data", traffic, "deriveData", Where.AFTER_CALL, "(" + STRING + ")[B")
                        .inside("deriveData")
                        .pass(THIS, argument(0), CALL_RECEIVER, CALL_RESULT));
        String verify = "CertificateVerify$T13CertificateVerifyMessage";
        add(
                table,
                Hook.of(
                                CERTIFICATE_VERIFY,
                                "certificate-verify",
                                SSL + verify,
                                "<init>",
                                Where.AFTER_CALL,
                                "(" + L + "HandshakeContext;" + L + "X509Authentication$X509Possession;)V",
                                "(" + L + "HandshakeContext;Ljava/nio/ByteBuffer;)V")
                        .inside("digest")
                        .pass(argument(0), argument(1), CALL_RESULT));
        add(
                table,
                Hook.of(
                                EXPORTED,
                                "exported",
                                SSL + "SSLSessionImpl",
                                "exportKeyingMaterial",
                                Where.EXIT,
                                "(" + STRING + STRING + "[BI)Ljava/lang/Object;")
                        .pass(THIS, argument(1), argument(2), argument(3), RESULT));
    }

    /** What both sides agree on: (EC)DHE, KEM, RSA. */
    private static void exchange(List<Hook> table) {
        String agreement = SSL + "KAKeyDerivation";
        String premaster = SSL + "RSAKeyExchange$RSAPremasterSecret";
        String made = L + "RSAKeyExchange$RSAPremasterSecret;";
        add(
                table,
                agreed(PREMASTER_AGREED, "premaster-agreed", agreement, "t12DeriveKey", DERIVE, DERIVE_25, "()" + KEY));
        add(table, agreed(SHARED_AGREED, "shared-agreed", agreement, "t13DeriveKey", DERIVE, DERIVE_25));
        add(
                table,
                Hook.of(
                                SHARED_DECAPSULATED,
                                "shared-decapsulated",
                                agreement,
                                "t13DeriveKey",
                                Where.AFTER_CALL,
                                DERIVE_25)
                        .inside("decapsulate")
                        .pass(THIS, CALL_RECEIVER, CALL_RESULT));
        add(
                table,
                Hook.of(
                                SHARED_ENCAPSULATED,
                                "shared-encapsulated",
                                agreement,
                                "encapsulate",
                                Where.AFTER_CALL,
                                "(" + STRING + "Ljava/security/SecureRandom;)Ljavax/crypto/KEM$Encapsulated;")
                        .inside("encapsulate")
                        .pass(THIS, CALL_RECEIVER, CALL_RESULT));
        add(
                table,
                Hook.of(
                                PREMASTER_MADE,
                                "premaster-made",
                                premaster,
                                "createPremasterSecret",
                                Where.AFTER_CALL,
                                "(" + L + "ClientHandshakeContext;)" + made)
                        .inside("generateKey")
                        .pass(argument(0), CALL_RECEIVER, CALL_RESULT));
        String decode = "(" + L + "ServerHandshakeContext;Ljava/security/PrivateKey;[B)" + made;
        add(
                table,
                Hook.of(PREMASTER_UNWRAPPED, "premaster-unwrapped", premaster, "decode", Where.AFTER_CALL, decode)
                        .inside("unwrap")
                        .pass(argument(0), CALL_RECEIVER, CALL_RESULT));
        // Where a provider other than SunJCE decrypted; KeyUtil may have put a random one in its place.
        add(
                table,
                Hook.of(PREMASTER_REPLACED, "premaster-replaced", premaster, "decode", Where.AFTER_CALL, decode)
                        .inside("generatePremasterSecret")
                        .pass(argument(0), CALL_RESULT));
    }

    /** JDK 8 has a class for each kind of agreement; KAKeyDerivation came with 11. */
    private static void agreements8(List<Hook> table) {
        String elliptic = SSL + "ECDHKeyExchange$ECDHEKAKeyDerivation";
        String finite = SSL + "DHKeyExchange$DHEKAGenerator$DHEKAKeyDerivation";
        add(table, agreed(PREMASTER_AGREED_EC_8, "premaster-agreed", elliptic, "t12DeriveKey", DERIVE));
        add(table, agreed(PREMASTER_AGREED_DH_8, "premaster-agreed", finite, "t12DeriveKey", DERIVE));
        add(table, agreed(SHARED_AGREED_EC_8, "shared-agreed", elliptic, "t13DeriveKey", DERIVE));
        add(table, agreed(SHARED_AGREED_DH_8, "shared-agreed", finite, "t13DeriveKey", DERIVE));
    }

    /** Master secret and key block of TLS 1.0 to 1.2 (RFC 5246, 6.3 and 8.1). */
    private static void legacy(List<Hook> table) {
        String traffic = SSL + "SSLTrafficKeyDerivation$LegacyTrafficKeyDerivation";
        add(
                table,
                Hook.of(
                                MASTER_DERIVED,
                                "master-derived",
                                SSL + "SSLMasterKeyDerivation$LegacyMasterKeyDerivation",
                                "deriveKey",
                                Where.AFTER_CALL,
                                DERIVE,
                                DERIVE_25)
                        .inside("generateKey")
                        .pass(THIS, CALL_RECEIVER, CALL_RESULT));
        // Both full and resumed handshakes come by here, with the master secret in hand.
        add(
                table,
                Hook.of(MASTER_SECRET, "master-secret", traffic, "<init>", Where.EXIT, MADE)
                        .pass(argument(0), argument(1)));
        add(
                table,
                Hook.of(KEY_MATERIAL, "key-material", traffic, "<init>", Where.AFTER_CALL, MADE)
                        .inside("generateKey")
                        .pass(argument(0), CALL_RECEIVER, CALL_RESULT));
    }

    /** Pre-shared key and binder (RFC 8446, 4.2.11.2). */
    private static void psk(List<Hook> table) {
        String psk = SSL + "PreSharedKeyExtension";
        String session = L + "SSLSessionImpl;";
        add(
                table,
                Hook.of(
                                BINDER_KEY,
                                "binder-key",
                                psk,
                                "deriveBinderKey",
                                Where.EXIT,
                                "(" + L + "HandshakeContext;" + KEY + session + ")" + KEY)
                        .pass(argument(0), argument(1), RESULT));
        add(
                table,
                Hook.of(
                                BINDER_CHECK,
                                "binder-check",
                                psk,
                                "checkBinder",
                                Where.ENTER,
                                "(" + L + "ServerHandshakeContext;" + session + L + "HandshakeHash;[B)V")
                        .pass(argument(0), argument(3)));
        add(
                table,
                Hook.of(
                                BINDER_COMPUTED,
                                "binder-computed",
                                psk,
                                "computeBinder",
                                Where.EXIT,
                                "(" + L + "HandshakeContext;" + KEY + session + "[B)[B")
                        .pass(argument(0), argument(3), RESULT));
    }

    private static Hook agreed(int number, String id, String owner, String method, String... descriptors) {
        return Hook.of(number, id, owner, method, Where.AFTER_CALL, descriptors)
                .inside("generateSecret")
                .pass(THIS, CALL_RECEIVER, CALL_RESULT);
    }

    private static void add(List<Hook> table, Hook hook) {
        table.add(hook.onlyWith(SECRETS_ON));
    }
}
