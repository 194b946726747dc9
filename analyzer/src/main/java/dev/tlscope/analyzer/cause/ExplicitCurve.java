package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import java.util.List;
import java.util.Optional;

/** certificate-constraints: a key of the peer's chain has its curve written out in place of its name, which no JDK reads. */
final class ExplicitCurve implements Cause {
    /** sun.security.util.ECParameters. */
    static final String WORDS = "Only named ECParameters supported";

    @Override
    public List<CauseId> ids() {
        return List.of(ForbiddenAlgorithm.CERTIFICATE_CONSTRAINTS);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        if (!handshake.raised() || !FailureEvidence.said(handshake, WORDS)) {
            return Optional.empty();
        }
        String peer = handshake.peerRole();
        return Optional.of(new Finding(
                ForbiddenAlgorithm.CERTIFICATE_CONSTRAINTS,
                handshake.certificateMessage(false).isPresent() ? Confidence.CERTAIN : Confidence.LIKELY,
                "A certificate of the " + peer
                        + "'s has an EC key with explicit curve parameters, where the name of the curve is due.",
                FailureEvidence.with(
                        handshake,
                        new Evidence("rule", "RFC 5480, 2.1.1: only namedCurve may be used"),
                        new Evidence("said by", "sun.security.util.ECParameters: " + WORDS)),
                List.of(
                        "On the " + peer
                                + ", generate the key again with a named curve (openssl ecparam -name prime256v1 -param_enc"
                                + " named_curve -genkey) and have its certificate reissued.",
                        "Look at it: openssl x509 -noout -text -in CERTIFICATE.pem shows Field Type and Prime in"
                                + " place of ASN1 OID.")));
    }
}
