package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.IssuerPath;
import dev.tlscope.analyzer.evidence.KeyIdentifiers;
import dev.tlscope.analyzer.finding.Candidate;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Certificates;
import dev.tlscope.analyzer.model.Handshake;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * untrusted-chain: an issuer's name and key match, but its subjectKeyIdentifier differs from the one that the
 * certificate below it names. The JDK's path builder rejects such an issuer
 * (sun.security.provider.certpath.AdaptableX509CertSelector).
 */
final class KeyIdentifierGap {
    private KeyIdentifierGap() {}

    static Optional<Finding> of(Handshake handshake, IssuerPath path) {
        List<X509Certificate> all = new ArrayList<>(path.certificates());
        path.anchor().filter(anchor -> !all.contains(anchor)).ifPresent(all::add);
        for (int at = 1; at < all.size(); at++) {
            X509Certificate certificate = all.get(at - 1);
            X509Certificate issuer = all.get(at);
            Optional<String> named = KeyIdentifiers.ofIssuer(certificate);
            Optional<String> has = KeyIdentifiers.ofSubject(issuer);
            if (named.isPresent() && has.isPresent() && !named.equals(has)) {
                return Optional.of(finding(handshake, certificate, issuer, named.get(), has.get()));
            }
        }
        return Optional.empty();
    }

    private static Finding finding(
            Handshake handshake, X509Certificate certificate, X509Certificate issuer, String named, String has) {
        String name = issuer.getSubjectX500Principal().getName();
        return new Finding(
                        UntrustedChain.UNTRUSTED_CHAIN,
                        Confidence.LIKELY,
                        certificate.getSubjectX500Principal().getName()
                                + " names another key identifier than its issuer " + name
                                + " has, so that PKIX finds no path although the key signed it.",
                        FailureEvidence.with(
                                handshake,
                                new Evidence("certificate", Certificates.describe(certificate)),
                                new Evidence("its authorityKeyIdentifier", named),
                                new Evidence("issuer", Certificates.describe(issuer)),
                                new Evidence("its subjectKeyIdentifier", has),
                                new Evidence("signature", "verifies under that issuer's key")),
                        List.of(
                                "Have " + certificate.getSubjectX500Principal().getName()
                                        + " reissued with the authorityKeyIdentifier " + has + ", or without one.",
                                "Or have the certificate of " + name + " reissued with the subjectKeyIdentifier "
                                        + named + ", and import that one."))
                .or(Candidate.possible(
                        ForbiddenAlgorithm.CERTIFICATE_CONSTRAINTS, "the policy of this JVM forbids a certificate"));
    }
}
