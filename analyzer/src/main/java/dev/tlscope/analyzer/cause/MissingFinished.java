package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailedRecord;
import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.FinishedLength;
import dev.tlscope.analyzer.finding.Candidate;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.tls.AlertDescription;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * record-desync, seen without secrets: the first record under the peer's keys does not verify, and it is longer than
 * that of the Finished that is due, so that the Finished is missing before it.
 */
final class MissingFinished {
    private MissingFinished() {}

    static Optional<Finding> examine(FailedRecord failed) {
        Handshake handshake = failed.handshake();
        OptionalInt due = FinishedLength.due(handshake);
        byte[] record = failed.bytes();
        boolean longer = failed.isUnchecked()
                && failed.sequence() == 0
                && handshake.raised(AlertDescription.BAD_RECORD_MAC)
                && due.isPresent()
                && record != null
                && record.length > due.getAsInt();
        return longer && record != null
                ? Optional.of(finding(failed, record.length, due.getAsInt()))
                : Optional.empty();
    }

    private static Finding finding(FailedRecord failed, int length, int due) {
        Handshake handshake = failed.handshake();
        Finding finding = new Finding(
                RecordDesync.RECORD_DESYNC,
                Confidence.LIKELY,
                "The first encrypted record from the " + handshake.peerRole() + " has " + length
                        + " bytes, and the Finished that is due has " + due + ": the Finished is missing before it.",
                FailureEvidence.with(
                        handshake,
                        failed.describe(),
                        new Evidence("record is", "another one than that of the Finished, by its length"),
                        new Evidence(
                                "record that is due",
                                "Finished, " + due + " bytes under " + handshake.cipherSuite() + " with its header"),
                        new Evidence("what would decide", "the " + handshake.peerRole() + "'s capture")),
                RecordDesync.steps());
        return finding.or(
                Candidate.possible(EngineMisuse.ENGINE_MISUSE, EngineMisuse.ofReceived(handshake)),
                Candidate.possible(
                        RecordCorrupted.RECORD_CORRUPTED,
                        "whether the " + handshake.peerRole() + " sent these very bytes: its capture"));
    }
}
