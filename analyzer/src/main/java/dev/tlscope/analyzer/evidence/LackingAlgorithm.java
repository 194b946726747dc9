package dev.tlscope.analyzer.evidence;

import dev.tlscope.analyzer.model.Handshake;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An algorithm, curve or key type that no provider of the JVM has, according to the text of JCA's or a provider's
 * exception.
 *
 * @param name as in that text; for an object identifier its name, if known
 * @param words the link of the exception chain
 */
public record LackingAlgorithm(String name, String words) {
    /** Text of java.security.Signature, KeyFactory and similar classes: {@code Ed25519 Signature not available}. */
    private static final Pattern SERVICE = Pattern.compile("java\\.security\\.NoSuchAlgorithmException: (\\S+)"
            + " (Signature|KeyFactory|KeyAgreement|KeyPairGenerator|AlgorithmParameters|MessageDigest|Mac|KEM|KDF)"
            + " not available");

    private static final List<Pattern> WORDS = List.of(
            SERVICE,
            Pattern.compile("[\\w.$]+: Cannot find any provider supporting (\\S+)"),
            // sun.security.ec.ECDSASignature, ECDHKeyAgreement, since 16
            Pattern.compile("[\\w.$]+: Curve not supported: (\\S+).*"),
            // sun.security.ec.ECKeyPairGenerator, ECOperations
            Pattern.compile("[\\w.$]+: Unsupported curve: (\\S+).*"),
            // sun.security.util.ECParameters, NamedCurve
            Pattern.compile("[\\w.$]+: Unknown named curve: (\\S+).*"),
            // sun.security.x509.AlgorithmId, X509Key
            Pattern.compile("[\\w.$]+: (?:U|u)nrecognized algorithm name: (\\S+).*"));

    /** Names of curves and signatures that exceptions of older JDKs give as object identifiers. */
    private static final Map<String, String> NAMES = Map.of(
            "1.3.101.110", "X25519",
            "1.3.101.111", "X448",
            "1.3.101.112", "Ed25519",
            "1.3.101.113", "Ed448",
            "1.3.132.0.10", "secp256k1",
            "1.3.36.3.3.2.8.1.1.7", "brainpoolP256r1",
            "1.3.36.3.3.2.8.1.1.11", "brainpoolP384r1",
            "1.3.36.3.3.2.8.1.1.13", "brainpoolP512r1",
            "1.2.840.113549.1.1.10", "RSASSA-PSS");

    private static final Pattern CURVE = Pattern.compile("(?i)(brainpool|secp|sect|prime|c2|X9)\\w*");

    /** Empty if the handshake failed for another reason. */
    public static Optional<LackingAlgorithm> of(Handshake handshake) {
        return Frames.thrownByApplication(handshake.frames()).isPresent()
                ? Optional.empty()
                : FailureEvidence.innermost(handshake).flatMap(LackingAlgorithm::in);
    }

    private static Optional<LackingAlgorithm> in(String link) {
        return WORDS.stream()
                .map(words -> words.matcher(link))
                .filter(Matcher::matches)
                .map(match -> new LackingAlgorithm(named(match), link))
                .findFirst();
    }

    private static String named(Matcher match) {
        String name = match.group(1);
        String known = NAMES.getOrDefault(name, name);
        String service = match.groupCount() > 1 ? match.group(2) : null;
        return CURVE.matcher(known).matches()
                ? "curve " + known
                : service == null ? known : known + " (" + service + ")";
    }

    /** What would make the algorithm available. */
    public String remedy() {
        String plain = plain();
        if (plain.equals("EC") || plain.endsWith("withECDSA") || plain.equals("ECDH")) {
            return "Add the elliptic curves to this runtime: a runtime made by jlink up to JDK 21 needs"
                    + " --add-modules jdk.crypto.ec, and the provider SunEC has to be in the list of java.security.";
        }
        if (plain.startsWith("Ed") || plain.equals("EdDSA")) {
            return "Run this side on JDK 15 or newer, which has EdDSA (JEP 339), or add a provider that has it.";
        }
        if (plain.startsWith("X25519") || plain.startsWith("X448") || plain.equals("XDH")) {
            return "Run this side on JDK 11 or newer, which has X25519 and X448 (JEP 324), or add a provider that has them.";
        }
        if (plain.startsWith("RSASSA-PSS")) {
            return "Run this side on JDK 11, 8u251 or newer, which have RSASSA-PSS.";
        }
        if (plain.startsWith("ML-")) {
            return "Run this side on JDK 24 or newer, which has ML-DSA and ML-KEM (JEP 496, 497).";
        }
        return name.startsWith("curve ")
                ? "Add a provider that has " + name
                        + ", such as BouncyCastle's, to the list of java.security: JDK 16 and newer have secp256r1,"
                        + " secp384r1 and secp521r1 only (JDK-8235540)."
                : "Add a provider that has " + name
                        + " to the list of java.security, or run this side on a JDK that has it.";
    }

    /** True when the certificate's key or signature uses that algorithm or curve. */
    public boolean isUsedBy(X509Certificate certificate) {
        String plain = plain();
        String key = certificate.getPublicKey().getAlgorithm();
        return Curves.of(certificate.getPublicKey())
                        .filter(plain::equalsIgnoreCase)
                        .isPresent()
                || plain.equalsIgnoreCase(key)
                || plain.equalsIgnoreCase(certificate.getSigAlgName())
                || name.contains(certificate.getSigAlgOID());
    }

    private String plain() {
        String plain = name.startsWith("curve ") ? name.substring("curve ".length()) : name;
        int service = plain.indexOf(" (");
        return service < 0 ? plain : plain.substring(0, service);
    }
}
