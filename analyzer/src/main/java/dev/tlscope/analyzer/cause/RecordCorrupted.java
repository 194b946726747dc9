package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailedRecord;
import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.finding.Candidate;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.FixedBy;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.tls.AlertDescription;
import dev.tlscope.tls.HandshakeType;
import java.util.List;
import java.util.Optional;

/** record-corrupted: a record does not verify although both sides have proven that their keys agree. */
final class RecordCorrupted implements Cause {
    static final CauseId RECORD_CORRUPTED = CauseId.of(
            "record-corrupted",
            FixedBy.NETWORK,
            "A record does not verify although both sides' keys agree.",
            "earlier records decrypted, this one's bytes fail; with both captures the first byte that differs",
            "Look at what lies between the two ends.",
            "RFC 8446, 5.2; RFC 5246, 6.2.3");

    @Override
    public List<CauseId> ids() {
        return List.of(RECORD_CORRUPTED);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        boolean proven = handshake.completed()
                || handshake.message(HandshakeType.FINISHED, false).isPresent();
        Optional<FailedRecord> failed = FailedRecord.of(handshake);
        if (failed.isPresent() && failed.get().verifiesNowhere()) {
            return failed.get().verifiedBefore() > 0 || proven ? Optional.of(proven(failed.get())) : Optional.empty();
        }
        return handshake.raised(AlertDescription.BAD_RECORD_MAC) && proven
                ? Optional.of(guessed(handshake, failed.map(FailedRecord::describe)))
                : Optional.empty();
    }

    private static Finding proven(FailedRecord failed) {
        long before = failed.verifiedBefore();
        return new Finding(
                RECORD_CORRUPTED,
                Confidence.CERTAIN,
                "A record from the peer was changed after its MAC or tag was made, or never had the right one; both sides' keys"
                        + " agree.",
                FailureEvidence.with(
                        failed.handshake(),
                        failed.describe(),
                        new Evidence(
                                "keys agree",
                                before > 0
                                        ? before + " earlier records verify under the same keys"
                                        : "the peer's Finished verified"),
                        new Evidence(
                                "recomputed",
                                "the MAC or tag verifies neither at its sequence number nor at any near it"),
                        new Evidence(
                                "what would decide where", "the peer's capture: explain with both names the byte")),
                steps());
    }

    /** Without secrets, or without the record, nothing can be recomputed. */
    private static Finding guessed(Handshake handshake, Optional<Evidence> record) {
        String summary =
                "A record from the peer does not verify, although the peer's Finished did: it was changed, lost,"
                        + " repeated or overtaken.";
        List<Evidence> facts = FailureEvidence.with(
                handshake,
                record.orElse(new Evidence("record", "not known")),
                new Evidence("keys agree", "the peer's Finished was verified"),
                new Evidence(
                        "what would decide",
                        "secrets=on with records=all here, or the peer's capture with records=all"));
        Candidate desync = Candidate.possible(
                RecordDesync.RECORD_DESYNC, "whether the record verifies at a neighbouring sequence number");
        if (EngineMisuse.comesFirst(handshake)) {
            return EngineMisuse.unproven(handshake, summary, facts)
                    .or(
                            desync,
                            Candidate.possible(
                                    RECORD_CORRUPTED, "whether the peer sent these very bytes: its capture"));
        }
        return new Finding(RECORD_CORRUPTED, Confidence.POSSIBLE, summary, facts, steps())
                .or(desync, Candidate.possible(EngineMisuse.ENGINE_MISUSE, EngineMisuse.ofReceived(handshake)));
    }

    static List<String> steps() {
        return List.of(
                "Look at what lies between: proxies, load balancers, tunnels, network cards that touch the byte stream.",
                "If the application drives SSLEngine itself, check that nobody writes to a buffer that is"
                        + " being sent or unwrapped.");
    }
}
