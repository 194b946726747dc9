package dev.tlscope.analyzer.evidence;

import dev.tlscope.analyzer.model.Handshake;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The entries of this JVM's policy that disabled something at the time of a failure. */
public final class Policy {
    public static final String TLS = "jdk.tls.disabledAlgorithms";
    public static final String CERTIFICATES = "jdk.certpath.disabledAlgorithms";

    /** A property for curves only, which the two others include by default (JDK 8u251 to 26). */
    public static final String CURVES = "jdk.disabled.namedCurves";

    private Policy() {}

    /** The property that contains an entry, and the included property if there is one. */
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

    /** The properties that restrict parts of certificates, with those that they include. */
    public static List<String> ofCertificates(Handshake handshake) {
        boolean included = Stream.of(CERTIFICATES, TLS)
                .flatMap(property -> entries(handshake, property).stream())
                .anyMatch(entry -> entry.text().equalsIgnoreCase("include " + CURVES));
        return included ? List.of(CERTIFICATES, TLS, CURVES) : List.of(CERTIFICATES, TLS);
    }

    /** The entry that names an algorithm, with or without a condition. */
    public static Optional<PolicyEntry> entryFor(Handshake handshake, String property, String algorithm) {
        return entries(handshake, property).stream()
                .filter(entry -> entry.names(algorithm))
                .findFirst();
    }

    /** The entries of a property that forbid a certificate's key, by algorithm or size. */
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

    /** The entry that limits the key size of one of these algorithms, and forbids this size in bits. */
    public static Optional<PolicyEntry> entryForSize(
            Handshake handshake, String property, List<String> algorithms, int bits) {
        return entries(handshake, property).stream()
                .filter(entry -> algorithms.stream().anyMatch(algorithm -> entry.forbids(algorithm, bits)))
                .findFirst();
    }

    /** The entries; empty if the property was not captured. */
    private static List<PolicyEntry> entries(Handshake handshake, String property) {
        return handshake.policy(property).map(PolicyEntry::of).orElse(List.of());
    }
}
