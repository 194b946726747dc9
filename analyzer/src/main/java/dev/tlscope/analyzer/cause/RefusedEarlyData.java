package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailedRecord;
import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.finding.Candidate;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.tls.AlertDescription;
import dev.tlscope.tls.ExtensionType;
import java.util.List;
import java.util.Optional;

/**
 * unexpected-message: the client sends early data (0-RTT), which no JDK accepts. A server that rejects early data must
 * skip the records that it cannot decrypt (RFC 8446, 4.2.10); JSSE fails at the first one.
 */
final class RefusedEarlyData implements Cause {
    @Override
    public List<CauseId> ids() {
        return List.of(UnexpectedMessage.UNEXPECTED_MESSAGE);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        boolean offered = !handshake.isClient()
                && handshake.isTls13()
                && handshake.raised(AlertDescription.BAD_RECORD_MAC)
                && !handshake.completed()
                && handshake
                        .clientHello()
                        .filter(hello -> hello.has(ExtensionType.EARLY_DATA))
                        .isPresent();
        return offered
                ? FailedRecord.of(handshake)
                        .filter(record -> record.sequence() == 0)
                        .map(record -> finding(handshake, record))
                : Optional.empty();
    }

    private static Finding finding(Handshake handshake, FailedRecord record) {
        return new Finding(
                        UnexpectedMessage.UNEXPECTED_MESSAGE,
                        Confidence.LIKELY,
                        "The client offers early_data and its first record after the ClientHello does not decrypt"
                                + " under the handshake's keys: it is early data, which JSSE neither accepts nor skips.",
                        FailureEvidence.with(
                                handshake,
                                new Evidence("client offers", "early_data (RFC 8446, 4.2.10)"),
                                record.describe(),
                                new Evidence(
                                        "this server",
                                        "has no early data, and fails at a record that it should skip (RFC 8446, 4.2.10)")),
                        List.of(
                                "Switch early data (0-RTT) off at the client, or for this server.",
                                "Where the client must keep it, terminate its TLS before this JVM: a proxy that accepts or"
                                        + " skips early data."))
                .or(
                        Candidate.possible(
                                KeysDisagree.TRANSCRIPT_ALTERED,
                                "the client's capture: whether it sent early data at all"),
                        Candidate.possible(
                                RecordCorrupted.RECORD_CORRUPTED,
                                "whether the client sent these very bytes: its capture"));
    }
}
