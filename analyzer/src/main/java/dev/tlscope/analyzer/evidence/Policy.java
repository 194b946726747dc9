package dev.tlscope.analyzer.evidence;

import dev.tlscope.analyzer.model.Handshake;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What of this JVM's policy forbade something when a handshake failed. */
public final class Policy {
    public static final String TLS = "jdk.tls.disabledAlgorithms";
    public static final String CERTIFICATES = "jdk.certpath.disabledAlgorithms";

    /** Curves, one by one; the two others include it by default (JDK 8u251 to 26). */
    public static final String CURVES = "jdk.disabled.namedCurves";

    private Policy() {}

    /** The property that an entry stands in, and that of its own where another includes it. */
    public static String place(Handshake handshake, String property) {
        return !property.equals(CURVES)
                ? property
                : CURVES
                        + entries(handshake, CERTIFICATES).stream()
                                .map(PolicyEntry::text)
                                .filter(("include " + CURVES)::equalsIgnoreCase)
                                .findFirst()
                                .map(include -> ", which " + CERTIFICATES + " includes")
                                .orElse(", which " + TLS + " includes");
    }

    /** The properties that forbid parts of certificates, with what they include. */
    public static List<String> ofCertificates(Handshake handshake) {
        boolean included = Stream.of(CERTIFICATES, TLS)
                .flatMap(property -> entries(handshake, property).stream())
                .anyMatch(entry -> entry.text().equalsIgnoreCase("include " + CURVES));
        return included ? List.of(CERTIFICATES, TLS, CURVES) : List.of(CERTIFICATES, TLS);
    }

    /** The entry that names an algorithm, with a condition or without. */
    public static Optional<PolicyEntry> entryFor(Handshake handshake, String property, String algorithm) {
        return entries(handshake, property).stream()
                .filter(entry -> entry.names(algorithm))
                .findFirst();
    }

    /** The entries of a property that forbid a certificate's key, by its algorithm or size. */
    public static List<PolicyEntry> forbiddingKey(Handshake handshake, String property, PublicKey key) {
        return entries(handshake, property).stream()
                .filter(entry -> entry.forbids(key))
                .toList();
    }

    /** The entries of a property that forbid a certificate's signature, by a part of its algorithm. */
    public static List<PolicyEntry> forbiddingSignature(
            Handshake handshake, String property, X509Certificate certificate) {
        return entries(handshake, property).stream()
                .filter(entry -> entry.forbidsSignature(certificate.getSigAlgName()))
                .toList();
    }

    /** The entry that limits the size of one of these algorithms' keys, and is met by a size in bits. */
    public static Optional<PolicyEntry> entryForSize(
            Handshake handshake, String property, List<String> algorithms, int bits) {
        return entries(handshake, property).stream()
                .filter(entry -> algorithms.stream().anyMatch(algorithm -> entry.forbids(algorithm, bits)))
                .findFirst();
    }

    /** None when the property was not captured. */
    private static List<PolicyEntry> entries(Handshake handshake, String property) {
        return handshake.policy(property).map(PolicyEntry::of).orElse(List.of());
    }
}
