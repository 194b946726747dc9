package dev.tlscope.agent.stack.jsse;

import dev.tlscope.agent.stack.StackContext;

/** Names and descriptors of JSSE's classes that several hook rows need. */
final class JsseNames {
    /** JSSE's package, as in a class name. */
    static final String SSL = "sun.security.ssl.";

    /** JSSE's package, as in a descriptor. */
    static final String L = "Lsun/security/ssl/";

    static final String CONTEXT = SSL + "TransportContext";
    static final String SOCKET = SSL + "SSLSocketImpl";
    static final String ENGINE = SSL + "SSLEngineImpl";
    static final String TASK = ENGINE + "$DelegatedTask";
    static final String X509 = SSL + "X509Authentication";

    /** The X509Authentication of JDK 8 and 11, whose generator asks for one key type at a time. */
    static final String X509_11 = X509 + "$X509PossessionGenerator";

    static final String RSA_PREMASTER = SSL + "RSAKeyExchange$RSAPremasterSecret";

    static final String BUFFER = "Ljava/nio/ByteBuffer;";
    static final String STRING = "Ljava/lang/String;";
    static final String SECRET_KEY = "Ljavax/crypto/SecretKey;";
    static final String HANDSHAKE = L + "HandshakeContext;";

    /** The end of a method that decodes a record. */
    static final String PLAINTEXTS = ")[" + L + "Plaintext;";

    /** RSAPremasterSecret.decode. */
    static final String DECODE =
            "(" + L + "ServerHandshakeContext;Ljava/security/PrivateKey;[B)" + L + "RSAKeyExchange$RSAPremasterSecret;";

    /** deriveKey(String, AlgorithmParameterSpec), up to JDK 24, which uses an HKDF of JSSE's own. */
    static final String DERIVE = "(" + STRING + "Ljava/security/spec/AlgorithmParameterSpec;)" + SECRET_KEY;

    /** deriveKey(String), from JDK 25 on, which uses javax.crypto.KDF. */
    static final String DERIVE_25 = "(" + STRING + ")" + SECRET_KEY;

    /** The setting under which the hooks that only serve secrets are woven. */
    static final String SECRETS_ON = StackContext.SECRETS_ON;

    private JsseNames() {}

    /** createClientPossession or createServerPossession. */
    static String possession(String side, String keyTypes) {
        return "(" + L + side + "HandshakeContext;" + keyTypes + ")" + L + "SSLPossession;";
    }
}
