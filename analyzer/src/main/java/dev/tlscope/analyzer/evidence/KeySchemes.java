package dev.tlscope.analyzer.evidence;

import java.security.PublicKey;
import java.security.interfaces.EdECKey;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The signature schemes that JSSE signs with by a key (RFC 8446, 4.2.3; sun.security.ssl.SignatureScheme). */
public final class KeySchemes {
    private static final List<String> PSS =
            List.of("rsa_pss_rsae_sha256", "rsa_pss_rsae_sha384", "rsa_pss_rsae_sha512");
    private static final List<String> PKCS1 =
            List.of("rsa_pkcs1_sha256", "rsa_pkcs1_sha384", "rsa_pkcs1_sha512", "rsa_sha224", "rsa_pkcs1_sha1");
    private static final List<String> ECDSA = List.of("ecdsa_sha224", "ecdsa_sha1");
    private static final List<String> DSA = List.of("dsa_sha256", "dsa_sha224", "dsa_sha1");

    private KeySchemes() {}

    /** All schemes; empty if the key's kind or curve is unknown or has none. */
    public static List<String> of(PublicKey key, boolean tls13) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> tls13 ? PSS : join(PSS, PKCS1);
            case "RSASSA-PSS" -> List.of("rsa_pss_pss_sha256", "rsa_pss_pss_sha384", "rsa_pss_pss_sha512");
            case "EC" -> ecdsa(key, tls13);
            case "EdDSA" -> edwards(key).map(List::of).orElse(List.of());
            case "DSA" -> tls13 ? List.of() : DSA;
            default -> List.of();
        };
    }

    /** The kind of key in words: EC secp521r1, RSA of 2048 bits. */
    public static String describe(PublicKey key) {
        Optional<String> curve = Curves.of(key).or(() -> edwards(key));
        int bits = PolicyEntry.size(key);
        return key.getAlgorithm() + curve.map(name -> " " + name).orElse(bits > 0 ? " of " + bits + " bits" : "");
    }

    private static List<String> ecdsa(PublicKey key, boolean tls13) {
        String named = switch (Curves.of(key).orElse("")) {
            case "secp256r1" -> "ecdsa_secp256r1_sha256";
            case "secp384r1" -> "ecdsa_secp384r1_sha384";
            case "secp521r1" -> "ecdsa_secp521r1_sha512";
            default -> "";
        };
        return named.isEmpty() ? List.of() : tls13 ? List.of(named) : join(List.of(named), ECDSA);
    }

    private static Optional<String> edwards(PublicKey key) {
        return key instanceof EdECKey edwards
                ? Optional.of(edwards.getParams().getName().toLowerCase(Locale.ROOT))
                : Optional.empty();
    }

    private static List<String> join(List<String> one, List<String> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }
}
