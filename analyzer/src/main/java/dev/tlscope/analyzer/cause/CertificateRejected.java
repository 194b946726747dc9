package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.FixedBy;
import dev.tlscope.analyzer.model.Certificates;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** certificate-revoked, certificate-constraints: the validator's own reason decides. */
final class CertificateRejected implements Cause {
    static final CauseId CERTIFICATE_REVOKED = CauseId.of(
            "certificate-revoked",
            FixedBy.EITHER,
            "A certificate of the peer's chain is revoked, or its revocation status could not be" + " determined.",
            "the validator's reason, with date and authority; or where the status is published, whether"
                    + " this JVM queried it, and with what result",
            "Replace the certificate on the peer; or let this side reach the responder or list.",
            "RFC 5280, 5; RFC 6960, 2.2");

    @Override
    public List<CauseId> ids() {
        return List.of(CERTIFICATE_REVOKED, ForbiddenAlgorithm.CERTIFICATE_CONSTRAINTS);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        List<X509Certificate> chain = handshake.certificates(false);
        if (!handshake.raisedAboutCertificate() || chain.isEmpty()) {
            return Optional.empty();
        }
        List<String> reasons = handshake.setUp(Field.VALIDATION_REASON);
        if (reasons.contains("REVOKED") || handshake.threw("java.security.cert.CertificateRevokedException")) {
            return Optional.of(revoked(handshake, chain));
        }
        if (reasons.contains("UNDETERMINED_REVOCATION_STATUS") || UnknownRevocation.cameThrough(handshake)) {
            int at = at(handshake, chain);
            return Optional.of(UnknownRevocation.finding(handshake, chain.get(at), certificate(handshake, chain)));
        }
        boolean constrained = reasons.contains("ALGORITHM_CONSTRAINED")
                || handshake.cameThrough("AlgorithmChecker.")
                || handshake.cameThrough("AlgorithmConstraints.")
                || FailureEvidence.said(handshake, "Certificate signature algorithm disabled"); // SimpleValidator
        return constrained ? Optional.of(ForbiddenAlgorithm.finding(handshake, chain)) : Optional.empty();
    }

    private static Finding revoked(Handshake handshake, List<X509Certificate> chain) {
        Event failure = handshake.failure();
        String reason = failure == null ? null : failure.text(Field.REVOCATION_REASON);
        String authority = failure == null ? null : failure.text(Field.REVOCATION_AUTHORITY);
        long date = failure == null ? -1 : failure.number(Field.REVOCATION_DATE, -1);
        return new Finding(
                CERTIFICATE_REVOKED,
                Confidence.CERTAIN,
                "A certificate of the peer is revoked.",
                FailureEvidence.with(
                        handshake,
                        certificate(handshake, chain),
                        new Evidence(
                                "revoked",
                                (reason == null ? "reason not given" : reason)
                                        + (date < 0 ? "" : ", on " + Instant.ofEpochMilli(date))),
                        new Evidence("said by", authority == null ? "not told" : authority)),
                List.of("On the peer, replace the certificate; ask its authority why it was revoked."));
    }

    private static Evidence certificate(Handshake handshake, List<X509Certificate> chain) {
        int at = at(handshake, chain);
        return new Evidence("certificate", Certificates.describe(chain.get(at)) + ", place in the chain " + at);
    }

    /**
     * Where the validator stopped, if that is a certificate that the peer sent; otherwise the peer's own certificate.
     */
    private static int at(Handshake handshake, List<X509Certificate> chain) {
        int at = handshake.failure() == null ? 0 : (int) handshake.failure().number(Field.VALIDATION_INDEX, 0);
        return at < 0 || at >= chain.size() ? 0 : at;
    }
}
