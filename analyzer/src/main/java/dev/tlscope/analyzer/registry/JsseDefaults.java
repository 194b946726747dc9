package dev.tlscope.analyzer.registry;

import java.util.ArrayList;
import java.util.List;

/**
 * What JSSE supports by default, by JDK version, before policy, providers and properties remove anything: the lists of
 * sun.security.ssl.CipherSuite, NamedGroup, SignatureScheme and ProtocolVersion.
 */
public final class JsseDefaults {
    private static final int FIRST_WITH_CHACHA20 = 11; // 12, and updates of 11
    private static final int FIRST_WITH_XDH = 11; // 13, and updates of 11
    private static final int FIRST_WITH_EDDSA = 15;
    private static final int FIRST_WITH_HYBRID = 27;

    private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2", "TLSv1.1", "TLSv1");

    private static final List<String> SUITES = """
            TLS_AES_256_GCM_SHA384
            TLS_AES_128_GCM_SHA256
            TLS_CHACHA20_POLY1305_SHA256
            TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384
            TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256
            TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256
            TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
            TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256
            TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
            TLS_DHE_RSA_WITH_AES_256_GCM_SHA384
            TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256
            TLS_DHE_DSS_WITH_AES_256_GCM_SHA384
            TLS_DHE_RSA_WITH_AES_128_GCM_SHA256
            TLS_DHE_DSS_WITH_AES_128_GCM_SHA256
            TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384
            TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384
            TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256
            TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256
            TLS_DHE_RSA_WITH_AES_256_CBC_SHA256
            TLS_DHE_DSS_WITH_AES_256_CBC_SHA256
            TLS_DHE_RSA_WITH_AES_128_CBC_SHA256
            TLS_DHE_DSS_WITH_AES_128_CBC_SHA256
            TLS_ECDH_ECDSA_WITH_AES_256_GCM_SHA384
            TLS_ECDH_RSA_WITH_AES_256_GCM_SHA384
            TLS_ECDH_ECDSA_WITH_AES_128_GCM_SHA256
            TLS_ECDH_RSA_WITH_AES_128_GCM_SHA256
            TLS_ECDH_ECDSA_WITH_AES_256_CBC_SHA384
            TLS_ECDH_RSA_WITH_AES_256_CBC_SHA384
            TLS_ECDH_ECDSA_WITH_AES_128_CBC_SHA256
            TLS_ECDH_RSA_WITH_AES_128_CBC_SHA256
            TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA
            TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA
            TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA
            TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA
            TLS_DHE_RSA_WITH_AES_256_CBC_SHA
            TLS_DHE_DSS_WITH_AES_256_CBC_SHA
            TLS_DHE_RSA_WITH_AES_128_CBC_SHA
            TLS_DHE_DSS_WITH_AES_128_CBC_SHA
            TLS_ECDH_ECDSA_WITH_AES_256_CBC_SHA
            TLS_ECDH_RSA_WITH_AES_256_CBC_SHA
            TLS_ECDH_ECDSA_WITH_AES_128_CBC_SHA
            TLS_ECDH_RSA_WITH_AES_128_CBC_SHA
            TLS_RSA_WITH_AES_256_GCM_SHA384
            TLS_RSA_WITH_AES_128_GCM_SHA256
            TLS_RSA_WITH_AES_256_CBC_SHA256
            TLS_RSA_WITH_AES_128_CBC_SHA256
            TLS_RSA_WITH_AES_256_CBC_SHA
            TLS_RSA_WITH_AES_128_CBC_SHA
            TLS_ECDHE_ECDSA_WITH_3DES_EDE_CBC_SHA
            TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA
            SSL_DHE_RSA_WITH_3DES_EDE_CBC_SHA
            SSL_DHE_DSS_WITH_3DES_EDE_CBC_SHA
            TLS_ECDH_ECDSA_WITH_3DES_EDE_CBC_SHA
            TLS_ECDH_RSA_WITH_3DES_EDE_CBC_SHA
            SSL_RSA_WITH_3DES_EDE_CBC_SHA
            """.lines().toList();

    private static final List<String> CURVES = List.of("secp256r1", "secp384r1", "secp521r1");
    private static final List<String> FINITE_FIELDS =
            List.of("ffdhe2048", "ffdhe3072", "ffdhe4096", "ffdhe6144", "ffdhe8192");

    private static final List<String> SCHEMES = List.of(
            "ecdsa_secp256r1_sha256",
            "ecdsa_secp384r1_sha384",
            "ecdsa_secp521r1_sha512",
            "ed25519",
            "ed448",
            "rsa_pss_rsae_sha256",
            "rsa_pss_rsae_sha384",
            "rsa_pss_rsae_sha512",
            "rsa_pss_pss_sha256",
            "rsa_pss_pss_sha384",
            "rsa_pss_pss_sha512",
            "rsa_pkcs1_sha256",
            "rsa_pkcs1_sha384",
            "rsa_pkcs1_sha512",
            "ecdsa_sha1",
            "rsa_pkcs1_sha1");

    private JsseDefaults() {}

    /** TLS versions, newest first. */
    public static List<String> protocols() {
        return PROTOCOLS;
    }

    /**
     * Suites in JSSE's order and spelling, without those that it never enables by default: anon, NULL, RC4, DES,
     * export.
     */
    public static List<String> suites(int jdk) {
        return SUITES.stream()
                .filter(suite -> jdk >= FIRST_WITH_CHACHA20 || !suite.contains("CHACHA20"))
                .toList();
    }

    public static List<String> groups(int jdk) {
        List<String> groups = new ArrayList<>();
        if (jdk >= FIRST_WITH_HYBRID) {
            groups.add("X25519MLKEM768");
        }
        if (jdk >= FIRST_WITH_XDH) {
            groups.add("x25519");
        }
        groups.addAll(CURVES);
        if (jdk >= FIRST_WITH_XDH) {
            groups.add("x448");
        }
        groups.addAll(FINITE_FIELDS);
        return List.copyOf(groups);
    }

    /**
     * A curve that certificates are still made on, and that JSSE no longer offers by default: JDK 16 removed it from SunEC
     * (JDK-8235540), updates of older JDKs disabled it.
     */
    public static String formerGroup() {
        return "secp256k1";
    }

    /** Schemes that a server's key may need. */
    public static List<String> schemes() {
        return SCHEMES;
    }

    /**
     * True when a suite can be negotiated in a version: suites of TLS 1.3 name no key exchange, and older versions do
     * not have newer hashes.
     */
    public static boolean isOfVersion(String suite, String version) {
        boolean tls13 = !suite.contains("_WITH_");
        boolean tls12 = suite.endsWith("_SHA256") || suite.endsWith("_SHA384");
        return switch (version) {
            case "TLSv1.3" -> tls13;
            case "TLSv1.2" -> !tls13;
            default -> !tls13 && !tls12;
        };
    }

    /** True when its key has more than the 128 bits that crypto.policy=limited allows. */
    public static boolean isOver128Bits(String suite) {
        return suite.contains("AES_256") || suite.contains("CHACHA20");
    }

    /** The first JDK with a group or scheme; 0 if no JDK is known to lack it. */
    public static int since(String name) {
        return switch (name) {
            case "ed25519", "ed448" -> FIRST_WITH_EDDSA;
            case "X25519MLKEM768", "SecP256r1MLKEM768", "SecP384r1MLKEM1024" -> FIRST_WITH_HYBRID;
            case "x25519", "x448" -> FIRST_WITH_XDH;
            default -> 0;
        };
    }
}
