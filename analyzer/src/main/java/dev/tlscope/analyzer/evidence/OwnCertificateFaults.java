package dev.tlscope.analyzer.evidence;

import dev.tlscope.analyzer.message.DecodedMessage;
import dev.tlscope.analyzer.model.Certificates;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Hello;
import dev.tlscope.analyzer.model.Message;
import dev.tlscope.tls.AlertDescription;
import dev.tlscope.tls.HandshakeType;
import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;

/**
 * What a peer may reject about the chain that this side sent, derived from the chain, the client's request and the
 * server's list of authorities; the most serious fault first.
 *
 * @param grave faults that most implementations reject, each a part of a sentence
 * @param light faults that strict implementations reject
 */
public record OwnCertificateFaults(List<String> grave, List<String> light) {
    private static final Pattern WEAK_SIGNATURE = Pattern.compile("(?i)(MD[25]|SHA-?1)with");
    private static final int DIGITAL_SIGNATURE = 0; // of KeyUsage (RFC 5280, 4.2.1.3)
    private static final int SMALLEST_RSA = 2048;
    private static final String SELF_SIGNED = "our certificate is self-signed";

    /** The faults in a handshake in which this side sent a certificate. Several causes need them. */
    public static OwnCertificateFaults of(Handshake handshake) {
        return handshake.derived().get(OwnCertificateFaults.class, () -> find(handshake));
    }

    private static OwnCertificateFaults find(Handshake handshake) {
        List<X509Certificate> ours = handshake.certificates(true);
        List<String> grave = new ArrayList<>();
        List<String> light = new ArrayList<>();
        if (ours.isEmpty()) {
            return new OwnCertificateFaults(grave, light);
        }
        X509Certificate leaf = ours.get(0);
        dates(handshake, ours, grave);
        name(handshake, leaf, grave);
        usage(leaf, !handshake.isClient()).ifPresent(grave::add);
        keyUsage(leaf, grave);
        ours.forEach(certificate -> critical(certificate, grave));
        boolean untrusted = Certificates.isSelfIssued(leaf) && isAboutTrust(handshake);
        if (untrusted) {
            grave.add(SELF_SIGNED);
        }
        strength(ours, grave);
        unlistedAuthority(handshake, ours).ifPresent(grave::add);
        if (Certificates.isSelfIssued(leaf)) {
            if (!untrusted) {
                grave.add(SELF_SIGNED);
            }
        } else if (ours.size() == 1 && !listsAuthority(handshake, ours)) {
            grave.add("we sent no intermediate; the issuer "
                    + leaf.getIssuerX500Principal().getName() + " may be unknown there");
        }
        strict(handshake, leaf, light);
        return new OwnCertificateFaults(List.copyOf(grave), List.copyOf(light));
    }

    /** True for an alert that is seldom about weak keys: JSSE sends certificate_unknown for an unknown authority too. */
    private static boolean isAboutTrust(Handshake handshake) {
        return handshake.received(AlertDescription.UNKNOWN_CA, AlertDescription.CERTIFICATE_UNKNOWN);
    }

    /**
     * What a client dislikes that connected by an address, as one may have done that sent no server_name (RFC 6066, 3): it
     * compares iPAddress alone (RFC 2818, 3.1). Empty where the alert says something else.
     */
    public static Optional<String> address(Handshake handshake, X509Certificate leaf) {
        boolean unnamed = !handshake.isClient()
                && !handshake.received(
                        AlertDescription.UNKNOWN_CA,
                        AlertDescription.CERTIFICATE_EXPIRED,
                        AlertDescription.CERTIFICATE_REVOKED,
                        AlertDescription.UNSUPPORTED_CERTIFICATE)
                && handshake
                        .clientHello()
                        .filter(hello -> hello.serverName() == null)
                        .isPresent();
        return unnamed && !HostNames.hasAddress(leaf)
                ? Optional.of(
                        "the client sent no server_name, as one that connects by an address; our certificate has no"
                                + " iPAddress, and is for " + String.join(", ", HostNames.of(leaf)))
                : Optional.empty();
    }

    /** The most serious fault. */
    public Optional<String> first() {
        return grave.stream().findFirst().or(() -> light.stream().findFirst());
    }

    /** True when the server listed an authority that issued a certificate of our chain. */
    public static boolean listsAuthority(Handshake handshake, List<X509Certificate> ours) {
        List<X500Principal> listed = authorities(handshake);
        return ours.stream().anyMatch(certificate -> listed.contains(certificate.getIssuerX500Principal()));
    }

    /** The extended key usage that a leaf lacks for a role; empty if it lacks none (RFC 5280, 4.2.1.12). */
    public static Optional<String> usage(X509Certificate leaf, boolean server) {
        String needed = server ? "1.3.6.1.5.5.7.3.1" : "1.3.6.1.5.5.7.3.2";
        try {
            List<String> usage = leaf.getExtendedKeyUsage();
            return usage == null || usage.contains(needed) || usage.contains("2.5.29.37.0")
                    ? Optional.empty()
                    : Optional.of("our certificate's extended key usage lacks " + (server ? "serverAuth" : "clientAuth")
                            + ", it has " + String.join(", ", usage));
        } catch (CertificateParsingException e) {
            return Optional.of("our certificate's extended key usage does not parse");
        }
    }

    private static void dates(Handshake handshake, List<X509Certificate> ours, List<String> grave) {
        Instant now = Instant.ofEpochSecond(0, handshake.failureNanos());
        for (X509Certificate certificate : ours) {
            String subject = certificate.getSubjectX500Principal().getName();
            if (now.isAfter(certificate.getNotAfter().toInstant())) {
                grave.add(subject + " has expired, on "
                        + certificate.getNotAfter().toInstant());
            } else if (now.isBefore(certificate.getNotBefore().toInstant())) {
                grave.add(subject + " is not valid before "
                        + certificate.getNotBefore().toInstant());
            }
        }
    }

    /**
     * Compares only with the server_name that the client sent, because its address does not show the name that it
     * wanted.
     */
    private static void name(Handshake handshake, X509Certificate leaf, List<String> grave) {
        String asked = handshake.isClient()
                ? null
                : handshake.clientHello().map(Hello::serverName).orElse(null);
        if (asked != null && !HostNames.matches(asked, HostNames.comparedWith(asked, leaf))) {
            grave.add("the client asked for " + asked + ", the certificate is for "
                    + String.join(", ", HostNames.of(leaf)));
        }
    }

    private static void keyUsage(X509Certificate leaf, List<String> grave) {
        boolean[] usage = leaf.getKeyUsage();
        if (usage != null && !usage[DIGITAL_SIGNATURE]) {
            grave.add("our certificate's key usage lacks digitalSignature, which TLS 1.3 and ECDHE suites need");
        }
    }

    private static void critical(X509Certificate certificate, List<String> grave) {
        String subject = certificate.getSubjectX500Principal().getName();
        Set<String> unknown = ExtensionFacts.unknownCritical(certificate);
        if (!unknown.isEmpty()) {
            grave.add(subject + " has a critical extension that few implementations recognise: "
                    + String.join(", ", unknown));
        }
        if (ExtensionFacts.hasCriticalPolicyQualifiers(certificate)) {
            grave.add(subject
                    + " has a critical certificatePolicies extension with policy qualifiers, which Java rejects by"
                    + " default");
        }
    }

    private static void strength(List<X509Certificate> ours, List<String> grave) {
        for (X509Certificate certificate : ours) {
            String subject = certificate.getSubjectX500Principal().getName();
            // a root's own signature is never verified
            if (!Certificates.isSelfIssued(certificate)
                    && WEAK_SIGNATURE.matcher(certificate.getSigAlgName()).lookingAt()) {
                grave.add(subject + " is signed with " + certificate.getSigAlgName());
            }
            PublicKey key = certificate.getPublicKey();
            if (key.getAlgorithm().equals("RSA") && PolicyEntry.size(key) < SMALLEST_RSA) {
                grave.add(subject + " has an RSA key of " + PolicyEntry.size(key) + " bits");
            }
        }
    }

    private static Optional<String> unlistedAuthority(Handshake handshake, List<X509Certificate> ours) {
        List<X500Principal> listed = authorities(handshake);
        return listed.isEmpty() || listsAuthority(handshake, ours)
                ? Optional.empty()
                : Optional.of("our chain's issuer "
                        + ours.get(ours.size() - 1).getIssuerX500Principal().getName()
                        + " is not among the authorities that the server lists: "
                        + Lists.few(listed.stream().map(X500Principal::getName).toList()));
    }

    private static List<X500Principal> authorities(Handshake handshake) {
        if (!handshake.isClient()) {
            return List.of();
        }
        Optional<DecodedMessage> request = MessageFields.of(handshake).last(HandshakeType.CERTIFICATE_REQUEST, false);
        Optional<Message> raw = handshake.message(HandshakeType.CERTIFICATE_REQUEST, false);
        return request.isEmpty() || raw.isEmpty()
                ? List.of()
                : ListedAuthorities.of(request.get(), raw.get().bytes());
    }

    private static void strict(Handshake handshake, X509Certificate leaf, List<String> light) {
        if (!handshake.isClient() && HostNames.hasNoAlternative(leaf)) {
            light.add("our certificate has no subjectAltName, and most clients check nothing else");
        }
        if (!Certificates.isSelfIssued(leaf) && !ExtensionFacts.namesItsAuthoritysKey(leaf)) {
            light.add("our certificate has no authorityKeyIdentifier, which RFC 5280, 4.2.1.1 requires and strict"
                    + " verifiers, such as Python's since 3.13, insist on");
        }
        if (leaf.getBasicConstraints() >= 0) {
            light.add("our certificate is a CA certificate: basicConstraints CA:TRUE");
        }
    }
}
