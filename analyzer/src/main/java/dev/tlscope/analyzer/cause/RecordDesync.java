package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.compare.RecordPair;
import dev.tlscope.analyzer.evidence.FailedRecord;
import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.FixedBy;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.protection.RecordCheck;
import java.util.List;
import java.util.Optional;

/**
 * record-desync: a record is as its sender made it, but arrived at another position: a record was lost, repeated or
 * overtaken.
 */
final class RecordDesync implements Cause {
    static final CauseId RECORD_DESYNC = CauseId.of(
            "record-desync",
            FixedBy.NETWORK,
            "A record is as its sender made it, and came at another place than its own.",
            "its MAC or tag verifies under a neighbouring sequence number, or it is an earlier record byte for byte",
            "Look for what drops, repeats or reorders writes; check that nobody sends buffers twice or"
                    + " out of order.",
            "RFC 8446, 5.3; RFC 5246, 6.1");

    @Override
    public List<CauseId> ids() {
        return List.of(RECORD_DESYNC, EngineMisuse.ENGINE_MISUSE);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        return FailedRecord.of(handshake).flatMap(failed -> examine(failed).or(() -> MissingFinished.examine(failed)));
    }

    private static Optional<Finding> examine(FailedRecord failed) {
        Optional<Long> repeated = failed.repeats();
        if (repeated.isPresent()) {
            return Optional.of(finding(
                    failed,
                    "repeated",
                    failed.sequence() - repeated.get(),
                    "byte for byte the record that came as sequence number " + repeated.get()));
        }
        RecordCheck check = failed.check();
        if (check == null || !check.isDisplaced()) {
            return Optional.empty();
        }
        if (check.foundEpoch() != check.epoch()) {
            boolean later = check.foundEpoch() > check.epoch();
            String place =
                    "sequence number " + check.foundSequence() + " of the " + (later ? "next" : "previous") + " keys";
            return Optional.of(finding(failed, later ? "missing" : "late", -1, "its MAC or tag verifies as " + place));
        }
        long distance = check.foundSequence() - check.sequence();
        return Optional.of(finding(
                failed,
                distance > 0 ? "missing" : "late",
                Math.abs(distance),
                "its MAC or tag verifies as sequence number " + check.foundSequence()));
    }

    /** Builds the finding for a distance in records; -1 when it is not known. */
    private static Finding finding(FailedRecord failed, String kind, long distance, String proof) {
        String count = distance < 0 ? "some" : String.valueOf(distance);
        String what = switch (kind) {
            case "repeated" -> "A record came twice";
            case "late" -> "A record came " + count + " places late";
            default -> count + (distance == 1 ? " record is" : " records are") + " missing before the one that failed";
        };
        List<Evidence> facts = FailureEvidence.with(
                failed.handshake(),
                failed.describe(),
                new Evidence("record is", kind),
                new Evidence("off by", count),
                new Evidence("proof", proof));
        Optional<EngineMisuse.Race> race = kind.equals("repeated")
                ? Optional.empty()
                : EngineMisuse.unwrapped(failed.handshake(), new RecordPair.Place(failed.epoch(), failed.sequence()));
        if (race.isPresent()) {
            return race.get().finding(facts);
        }
        Finding finding = new Finding(
                RECORD_DESYNC,
                Confidence.CERTAIN,
                what + ": no byte of it was changed, its sequence number is not the one that is due.",
                facts,
                steps());
        return EngineMisuse.ofReceiver(failed.handshake()).map(finding::or).orElse(finding);
    }

    static List<String> steps() {
        return List.of(
                "Look for what breaks the byte stream: a proxy or tunnel that drops or replays writes, two threads that send on"
                        + " one socket.",
                "If the peer drives SSLEngine itself, check that it sends each output buffer once and in the"
                        + " order of its wraps.",
                "tlscope explain with both ends' captures names the record that was lost, repeated or overtaken.");
    }
}
