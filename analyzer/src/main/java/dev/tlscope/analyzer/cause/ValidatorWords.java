package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.ExtensionFacts;
import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.TrustStore;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Certificates;
import dev.tlscope.analyzer.model.Handshake;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reports of sun.security.validator about a single certificate that have only a text and no PKIXReason; {@link
 * UnsortedChain} handles those about a chain.
 */
final class ValidatorWords implements Cause {
    /** PKIXValidator.verifyTrustAnchor; ConstraintsChecker ends with the same words about a certificate of the path. */
    private static final String ANCHOR = "TrustAnchor with subject";

    private static final String NO_AUTHORITY = "is not a CA certificate";

    /** EndEntityChecker and SimpleValidator: "unsupported" or "unknown". */
    private static final String CRITICAL = " critical extensions: ";

    /** SimpleValidator. */
    private static final String NO_SIGNER = "Wrong key usage: expected keyCertSign";

    /** sun.security.validator.PKIXValidator and SimpleValidator, by sun.security.util.UntrustedCertificates. */
    private static final String BLOCKED = "Untrusted certificate";

    @Override
    public List<CauseId> ids() {
        return List.of(ForbiddenAlgorithm.CERTIFICATE_CONSTRAINTS, UntrustedChain.UNTRUSTED_CHAIN);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        List<X509Certificate> chain = handshake.certificates(false);
        if (!handshake.raised() || chain.isEmpty() || !handshake.cameThrough("sun.security.validator.")) {
            return Optional.empty();
        }
        if (FailureEvidence.said(handshake, ANCHOR) && FailureEvidence.said(handshake, NO_AUTHORITY)) {
            return Optional.of(anchor(handshake));
        }
        if (FailureEvidence.said(handshake, CRITICAL)) {
            return Optional.of(critical(handshake, chain));
        }
        if (FailureEvidence.said(handshake, NO_SIGNER)) {
            return Optional.of(finding(
                    handshake,
                    "A certificate of the " + handshake.peerRole()
                            + "'s chain has issued another and may not: its keyUsage has no keyCertSign.",
                    "keyUsage of an issuer has keyCertSign (RFC 5280, 4.2.1.3)",
                    "On the " + handshake.peerRole()
                            + ", serve a certificate that an authority with keyCertSign in its keyUsage has issued."));
        }
        return FailureEvidence.said(handshake, BLOCKED) ? Optional.of(blocked(handshake)) : Optional.empty();
    }

    private static Finding anchor(Handshake handshake) {
        return finding(
                handshake,
                "An anchor in this " + handshake.role()
                        + "'s trust store is not a CA certificate, and this JDK accepts no such anchor for a chain.",
                "an anchor that issues certificates has basicConstraints CA:TRUE",
                "In this JVM, import the authority that issued the " + handshake.peerRole()
                        + "'s certificate, with CA:TRUE, into "
                        + TrustStore.of(handshake).keytoolName() + "; or have the anchor reissued with CA:TRUE.",
                "Until then -Djdk.security.allowNonCaAnchor=true lets this JVM accept it.");
    }

    private static Finding critical(Handshake handshake, List<X509Certificate> chain) {
        Optional<X509Certificate> which = chain.stream()
                .filter(certificate ->
                        !ExtensionFacts.unknownCritical(certificate).isEmpty())
                .findFirst();
        Set<String> unknown = which.map(ExtensionFacts::unknownCritical).orElse(Set.of());
        return finding(
                handshake,
                which.map(certificate -> certificate.getSubjectX500Principal().getName())
                                .orElse("A certificate")
                        + " of the " + handshake.peerRole()
                        + "'s chain has a critical extension that this JDK does not recognise"
                        + (unknown.isEmpty() ? "." : ": " + String.join(", ", unknown) + "."),
                "an unknown critical extension is refused (RFC 5280, 4.2)",
                "Have the certificate reissued with that extension not critical, or without it.");
    }

    private static Finding blocked(Handshake handshake) {
        return new Finding(
                UntrustedChain.UNTRUSTED_CHAIN,
                Confidence.CERTAIN,
                "This JDK has a certificate of the " + handshake.peerRole()
                        + "'s chain on its own list of blocked ones.",
                FailureEvidence.with(
                        handshake,
                        new Evidence(
                                "list", "lib/security/blocked.certs of this JDK (blacklisted.certs in older ones)"),
                        new Evidence("chain as sent", Certificates.subjects(handshake.certificates(false)))),
                List.of("On the " + handshake.peerRole()
                        + ", have the certificate issued by another authority: this one is known to be misused."));
    }

    private static Finding finding(Handshake handshake, String summary, String rule, String... fix) {
        return new Finding(
                ForbiddenAlgorithm.CERTIFICATE_CONSTRAINTS,
                Confidence.CERTAIN,
                summary,
                FailureEvidence.with(
                        handshake,
                        new Evidence("rule", rule),
                        new Evidence("chain as sent", Certificates.subjects(handshake.certificates(false)))),
                List.of(fix));
    }
}
