package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.finding.Candidate;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.refusal.StackReason;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Explains the reason for which a library other than JSSE refused, where no cause before this one decided from more evidence. What
 * the library compared is not captured, so that it is never certain. The table has further ids, which other causes declare.
 */
final class RefusedByStack implements Cause {
    @Override
    public List<CauseId> ids() {
        return List.of(NoCommonCipherSuite.NO_COMMON_CIPHER_SUITE, ClientCertificateMissing.CLIENT_CERTIFICATE_MISSING);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        Event failure = handshake.failure();
        return failure == null || !handshake.raised()
                ? Optional.empty()
                : StackReason.of(failure.texts(Field.EXCEPTION)).map(reason -> finding(handshake, reason));
    }

    private static Finding finding(Handshake handshake, StackReason reason) {
        CauseId cause = Catalogue.of(reason.cause()).orElse(Internal.INTERNAL);
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence("the library says", reason.reason()));
        evidence.addAll(FailureEvidence.with(handshake));
        Finding finding =
                new Finding(cause, Confidence.LIKELY, reason.meaning(), List.copyOf(evidence), List.of(cause.fix()));
        return Catalogue.of(reason.also())
                .map(other -> finding.or(Candidate.possible(other, reason.decides())))
                .orElse(finding);
    }
}
