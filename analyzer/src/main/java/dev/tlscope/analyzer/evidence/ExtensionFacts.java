package dev.tlscope.analyzer.evidence;

import dev.tlscope.analyzer.wire.Der;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.security.auth.x500.X500Principal;

/** Values of certificate extensions for which java.security.cert has no method. */
public final class ExtensionFacts {
    public static final String CERTIFICATE_POLICIES = "2.5.29.32";
    private static final String AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
    private static final String AUTHORITY_INFORMATION_ACCESS = "1.3.6.1.5.5.7.1.1";
    private static final String CRL_DISTRIBUTION_POINTS = "2.5.29.31";

    /** [1] authorityCertIssuer of an AuthorityKeyIdentifier (RFC 5280, 4.2.1.1). */
    private static final int AUTHORITY_CERT_ISSUER = 0xa1;

    /** [4] directoryName of a GeneralName (RFC 5280, 4.2.1.6). */
    private static final int DIRECTORY_NAME = 0xa4;

    /** [6] uniformResourceIdentifier of a GeneralName. */
    private static final int URI = 0x86;

    /** id-ad-caIssuers, 1.3.6.1.5.5.7.48.2. */
    private static final int[] CA_ISSUERS = {0x2b, 6, 1, 5, 5, 7, 0x30, 2};

    /**
     * Extensions that the JDK's PKIX checkers process, so that they may be critical: ConstraintsChecker, KeyChecker and
     * PolicyChecker of sun.security.provider.certpath.
     */
    private static final Set<String> PROCESSED = Set.of(
            "2.5.29.15", // keyUsage
            "2.5.29.17", // subjectAltName
            "2.5.29.19", // basicConstraints
            "2.5.29.30", // nameConstraints
            CERTIFICATE_POLICIES,
            "2.5.29.33", // policyMappings
            "2.5.29.36", // policyConstraints
            "2.5.29.37", // extKeyUsage
            "2.5.29.54", // inhibitAnyPolicy
            "2.16.840.1.113730.1.1"); // Netscape's certificate type, by EndEntityChecker

    private ExtensionFacts() {}

    /**
     * The issuer of the issuer's certificate, if it is named (RFC 5280, 4.2.1.1): a root is its own issuer, an
     * intermediate has another one.
     */
    static Optional<X500Principal> issuerOfIssuer(X509Certificate certificate) {
        return Der.extension(certificate.getExtensionValue(AUTHORITY_KEY_IDENTIFIER)).stream()
                .flatMap(sequence -> sequence.children(AUTHORITY_CERT_ISSUER).stream())
                .flatMap(names -> names.children(DIRECTORY_NAME).stream())
                .map(ExtensionFacts::name)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<X500Principal> name(Der directoryName) {
        try {
            return Optional.of(new X500Principal(directoryName.bytes()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The address of the issuer's certificate (RFC 5280, 4.2.2.1). */
    public static Optional<String> issuerLocation(X509Certificate certificate) {
        return Der.extension(certificate.getExtensionValue(AUTHORITY_INFORMATION_ACCESS)).stream()
                .flatMap(sequence -> sequence.children(Der.SEQUENCE).stream())
                .map(Der::children)
                .filter(parts -> parts.size() > 1 && parts.get(0).isObject(CA_ISSUERS))
                .map(parts -> parts.get(1))
                .filter(location -> location.tag() == URI)
                .map(location -> new String(location.bytes(), StandardCharsets.US_ASCII))
                .findFirst();
    }

    /** True when the authority publishes policies, CRLs or addresses. */
    static boolean hasPublishingAuthority(X509Certificate certificate) {
        return certificate.getExtensionValue(CERTIFICATE_POLICIES) != null
                || certificate.getExtensionValue(CRL_DISTRIBUTION_POINTS) != null
                || certificate.getExtensionValue(AUTHORITY_INFORMATION_ACCESS) != null;
    }

    public static boolean namesItsAuthoritysKey(X509Certificate certificate) {
        return certificate.getExtensionValue(AUTHORITY_KEY_IDENTIFIER) != null;
    }

    /** Object identifiers of critical extensions that no checker of the JDK processes (RFC 5280, 4.2). */
    public static Set<String> unknownCritical(X509Certificate certificate) {
        Set<String> critical = certificate.getCriticalExtensionOIDs();
        Set<String> unknown = new TreeSet<>(critical == null ? Set.of() : critical);
        unknown.removeAll(PROCESSED);
        return unknown;
    }

    /** True when certificatePolicies is critical and one of its policies has qualifiers (RFC 5280, 4.2.1.4). */
    public static boolean hasCriticalPolicyQualifiers(X509Certificate certificate) {
        Set<String> critical = certificate.getCriticalExtensionOIDs();
        return critical != null
                && critical.contains(CERTIFICATE_POLICIES)
                && policies(certificate).stream()
                        .anyMatch(policy -> policy.children().size() > 1);
    }

    private static List<Der> policies(X509Certificate certificate) {
        return Der.extension(certificate.getExtensionValue(CERTIFICATE_POLICIES)).stream()
                .flatMap(sequence -> sequence.children(Der.SEQUENCE).stream())
                .toList();
    }
}
