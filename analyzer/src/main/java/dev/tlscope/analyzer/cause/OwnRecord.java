package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.protection.RecordCheck;
import dev.tlscope.analyzer.verify.Verification;
import dev.tlscope.tls.AlertDescription;
import java.util.List;
import java.util.Optional;

/** record-corrupted at this side: a record that it sent does not verify under its own keys. */
final class OwnRecord implements Cause {
    /** bad_record_mac; JSSE also sends handshake_failure, for a CBC record in the handshake. */
    private static final AlertDescription[] ABOUT_RECORDS = {
        AlertDescription.BAD_RECORD_MAC, AlertDescription.HANDSHAKE_FAILURE
    };

    @Override
    public List<CauseId> ids() {
        return List.of(RecordCorrupted.RECORD_CORRUPTED);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        boolean refused = handshake.alertReceived()
                ? handshake.result().endedBy(ABOUT_RECORDS)
                : ConnectionLost.mayHaveLostAlert(handshake);
        return refused
                ? Verification.of(handshake).wrongRecordSent().map(wrong -> finding(handshake, wrong))
                : Optional.empty();
    }

    /** Evidence about a record of that side, checked with that side's own keys. */
    static Evidence[] evidence(String side, RecordCheck wrong) {
        return new Evidence[] {
            new Evidence(
                    "record",
                    "sent by the " + side + ", number " + wrong.number() + ", key change " + wrong.epoch()
                            + ", sequence number " + wrong.sequence() + ", " + wrong.record().length + " bytes"),
            new Evidence("wrong", "as it left the " + side),
            new Evidence("recomputed", "under the " + side + "'s own write keys: " + wrong.detail()),
        };
    }

    private static Finding finding(Handshake handshake, RecordCheck wrong) {
        return new Finding(
                RecordCorrupted.RECORD_CORRUPTED,
                Confidence.CERTAIN,
                "This JVM sent a record whose MAC or tag is wrong under its own keys: it was made wrongly, not damaged on the way.",
                FailureEvidence.with(handshake, evidence(handshake.role(), wrong)),
                steps());
    }

    static List<String> steps() {
        return List.of(
                "Look at the provider of the cipher and the MAC there: hardware providers and native ones first.",
                "Check that nobody writes to a buffer while it is being wrapped.");
    }
}
