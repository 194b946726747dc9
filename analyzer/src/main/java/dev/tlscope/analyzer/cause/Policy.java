package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.model.Handshake;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Entries of the properties jdk.tls.disabledAlgorithms and jdk.certpath.disabledAlgorithms, as java.security documents them. */
final class Policy {
    static final String TLS = "jdk.tls.disabledAlgorithms";
    static final String CERTIFICATES = "jdk.certpath.disabledAlgorithms";

    private static final Pattern KEY_SIZE = Pattern.compile("(\\S+)\\s+keySize\\s*(<=|<|>=|>|==|!=)\\s*(\\d+)");

    private static final Pattern CONDITION = Pattern.compile("\\b(jdkCA|usage|denyAfter)\\b");

    private Policy() {}

    /** The entries of a property when the handshake failed; none when it was not captured. */
    static List<String> entries(Handshake handshake, String property) {
        return handshake
                .policy(property)
                .map(value -> Arrays.stream(value.split(",", -1))
                        .map(String::trim)
                        .filter(entry -> !entry.isEmpty())
                        .toList())
                .orElse(List.of());
    }

    /** The entry that names one of these algorithms without a condition, or with one. */
    static Optional<String> entryFor(Handshake handshake, String property, List<String> algorithms) {
        return entries(handshake, property).stream()
                .filter(entry -> algorithms.stream().anyMatch(algorithm -> names(entry, algorithm)))
                .findFirst();
    }

    /** True for an entry with a condition that no capture shows to be met: jdkCA, usage, denyAfter. */
    static boolean isConditional(String entry) {
        return CONDITION.matcher(entry).find();
    }

    /** The entries of a property that forbid a certificate's key, by its algorithm or size. */
    static List<String> forbiddingKey(Handshake handshake, String property, PublicKey key) {
        return entries(handshake, property).stream()
                .filter(entry -> {
                    Matcher sized = KEY_SIZE.matcher(entry);
                    return sized.lookingAt()
                            ? key.getAlgorithm().equalsIgnoreCase(sized.group(1))
                                    && compares(size(key), sized.group(2), Integer.parseInt(sized.group(3)))
                            : algorithm(entry).equalsIgnoreCase(key.getAlgorithm());
                })
                .toList();
    }

    /** The entries of a property that forbid a certificate's signature, by a part of its algorithm. */
    static List<String> forbiddingSignature(Handshake handshake, String property, X509Certificate certificate) {
        return entries(handshake, property).stream()
                .filter(entry -> !KEY_SIZE.matcher(entry).lookingAt())
                .filter(entry -> isPartOf(algorithm(entry), certificate.getSigAlgName()))
                .toList();
    }

    private static String algorithm(String entry) {
        return entry.split("\\s", 2)[0];
    }

    /** The entry that limits the size of one of these algorithms, and is met by a size in bits. */
    static Optional<String> entryForSize(Handshake handshake, String property, List<String> algorithms, int bits) {
        return entries(handshake, property).stream()
                .filter(entry -> {
                    Matcher sized = KEY_SIZE.matcher(entry);
                    return sized.lookingAt()
                            && algorithms.stream().anyMatch(sized.group(1)::equalsIgnoreCase)
                            && compares(bits, sized.group(2), Integer.parseInt(sized.group(3)));
                })
                .findFirst();
    }

    /** Bits of a key; -1 when its kind is not known here. */
    static int size(PublicKey key) {
        if (key instanceof RSAKey rsa) {
            return rsa.getModulus().bitLength();
        }
        if (key instanceof ECKey ec) {
            return ec.getParams().getOrder().bitLength();
        }
        return key instanceof DSAKey dsa && dsa.getParams() != null
                ? dsa.getParams().getP().bitLength()
                : -1;
    }

    /** SHA1 of SHA1withRSA; not MD5 of nothing. */
    private static boolean isPartOf(String algorithm, String signature) {
        String plain = algorithm.replace("-", "").toUpperCase(Locale.ROOT);
        String whole = signature.replace("-", "").toUpperCase(Locale.ROOT);
        return whole.equals(plain) || Arrays.asList(whole.split("WITH|AND", -1)).contains(plain);
    }

    private static boolean names(String entry, String algorithm) {
        return entry.equalsIgnoreCase(algorithm)
                || entry.toLowerCase(Locale.ROOT).startsWith(algorithm.toLowerCase(Locale.ROOT) + " ");
    }

    private static boolean compares(int size, String operator, int bound) {
        return switch (operator) {
            case "<" -> size < bound;
            case "<=" -> size <= bound;
            case ">" -> size > bound;
            case ">=" -> size >= bound;
            case "==" -> size == bound;
            default -> size != bound;
        };
    }
}
