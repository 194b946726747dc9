package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.compare.Comparison;
import dev.tlscope.analyzer.compare.MessagePair;
import dev.tlscope.analyzer.compare.RecordPair;
import dev.tlscope.analyzer.compare.RecordPair.Fate;
import dev.tlscope.analyzer.compare.SecretPair;
import dev.tlscope.analyzer.evidence.FailedRecord;
import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.finding.Candidate;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.protection.RecordCheck;
import dev.tlscope.analyzer.schedule.Check;
import dev.tlscope.analyzer.schedule.SecretRedaction;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * transcript-altered, secrets-diverged, record-desync and record-corrupted with both ends' captures: the first thing
 * that differs between them. Empty when everything that both have is equal.
 */
final class TwoEnds {
    private final Handshake handshake;
    private final Comparison comparison;

    /** Explains the failure for the end of this handshake. */
    TwoEnds(Handshake handshake, Comparison comparison) {
        this.handshake = handshake;
        this.comparison = comparison;
    }

    Optional<Finding> examine() {
        return comparison
                .firstMessage()
                .map(this::message)
                .or(() -> derivation(true))
                .or(() -> derivation(false))
                .or(() -> comparison.firstSecret().map(this::secret))
                .or(() -> failedRecord(true))
                .or(() -> failedRecord(false));
    }

    private Finding message(MessagePair pair) {
        String field = pair.path().isEmpty() ? "byte " + pair.offset() : pair.path();
        return new Finding(
                KeysDisagree.TRANSCRIPT_ALTERED,
                Confidence.CERTAIN,
                "The " + pair.name() + " arrived otherwise than the " + side(pair.byClient()) + " sent it: " + field
                        + " differs.",
                FailureEvidence.with(
                        handshake,
                        new Evidence("message", pair.name() + ", sent by the " + side(pair.byClient())),
                        new Evidence("field", field),
                        new Evidence("offset", "byte " + pair.offset() + " of the message"),
                        new Evidence("sent", pair.value(false)),
                        new Evidence("received", pair.value(true))),
                List.of(
                        "Look for what lies between and rewrites handshakes: an inspecting firewall, a TLS proxy, a packet broker.",
                        "tlscope diff with both captures shows everything that differs."));
    }

    /** A value that does not follow from that end's own inputs. */
    private Optional<Finding> derivation(boolean client) {
        Optional<Check> wrong = comparison.verification(client).wrongDerivation();
        return wrong.map(check -> OwnDerivation.finding(
                handshake, comparison.ends().sender(client), check, "The " + side(client) + "'s JVM"));
    }

    /** An input differs: the values that each end derived from it differ as a consequence. */
    private Finding secret(SecretPair pair) {
        SecretRedaction shown = new SecretRedaction(false);
        return new Finding(
                KeysDisagree.SECRETS_DIVERGED,
                Confidence.CERTAIN,
                "Both ends have the same messages, but each has another " + pair.label() + ".",
                FailureEvidence.with(
                        handshake,
                        new Evidence("first wrong value", pair.label()),
                        Evidence.captured("client's", shown.value(pair.client(), true)),
                        Evidence.captured("server's", shown.value(pair.server(), true)),
                        OwnDerivation.maker(comparison.ends().client(), "client's made by", pair.client()),
                        OwnDerivation.maker(comparison.ends().server(), "server's made by", pair.server())),
                OwnDerivation.steps());
    }

    /** The failed record of the end that receives in that direction. */
    private Optional<Finding> failedRecord(boolean byClient) {
        Handshake receiver = comparison.ends().receiver(byClient);
        Optional<FailedRecord> failed = FailedRecord.of(receiver);
        if (failed.isEmpty() || failed.get().bytes() == null) {
            return Optional.empty();
        }
        return comparison.records().stream()
                .filter(pair -> pair.byClient() == byClient
                        && pair.received() == failed.get().bytes())
                .findFirst()
                .flatMap(pair -> switch (pair.fate()) {
                    case ALTERED -> Optional.of(altered(pair, failed.get()));
                    case MOVED, REPEATED -> Optional.of(moved(pair, failed.get()));
                    case SAME -> ownRecord(byClient, pair);
                    default -> Optional.empty();
                });
    }

    private Finding altered(RecordPair pair, FailedRecord failed) {
        return new Finding(
                RecordCorrupted.RECORD_CORRUPTED,
                Confidence.CERTAIN,
                "A record of the " + side(pair.byClient()) + " was changed on the way, from byte " + pair.offset()
                        + " on.",
                FailureEvidence.with(
                        handshake,
                        failed.describe(),
                        new Evidence("sent by", side(pair.byClient())),
                        new Evidence("first different byte", "offset " + pair.offset() + " of the record"),
                        new Evidence("sent", around(pair.sent(), pair.offset())),
                        new Evidence("received", around(pair.received(), pair.offset()))),
                RecordCorrupted.steps());
    }

    private Finding moved(RecordPair pair, FailedRecord failed) {
        RecordPair.Place origin = pair.origin() == null ? pair.place() : pair.origin();
        boolean sameKeys = origin.epoch() == pair.place().epoch();
        long distance = origin.sequence() - pair.place().sequence();
        String kind = pair.fate() == Fate.REPEATED ? "repeated" : !sameKeys || distance > 0 ? "missing" : "late";
        List<Evidence> facts = FailureEvidence.with(
                handshake,
                failed.describe(),
                new Evidence("sent by", side(pair.byClient())),
                new Evidence("record is", kind),
                new Evidence("off by", sameKeys ? String.valueOf(Math.abs(distance)) : "some"),
                new Evidence("proof", "byte for byte the record that was sent as " + origin));
        Handshake sender = comparison.ends().sender(pair.byClient());
        Optional<EngineMisuse.Race> race = EngineMisuse.wrapped(sender, origin, pair.place())
                .or(() -> EngineMisuse.unwrapped(comparison.ends().receiver(pair.byClient()), pair.place()));
        if (race.isPresent()) {
            return race.get().finding(facts);
        }
        Optional<String> misuse =
                EngineMisuse.ofEither(sender, comparison.ends().receiver(pair.byClient()));
        if (misuse.isPresent() && comparison.ends().areDirect()) {
            return EngineMisuse.outOfOrder(comparison.ends(), misuse.get(), facts);
        }
        Finding finding = new Finding(
                RecordDesync.RECORD_DESYNC,
                Confidence.CERTAIN,
                "The " + side(pair.byClient()) + "'s record of " + origin + " came where " + pair.place() + " was due.",
                facts,
                RecordDesync.steps());
        // TCP does not lose, repeat or reorder data, so something that writes to the connection did.
        return misuse.map(how -> finding.or(Candidate.possible(EngineMisuse.ENGINE_MISUSE, "whether " + how)))
                .orElse(finding);
    }

    /** The record arrived as it was sent, and both ends' keys are equal. */
    private Optional<Finding> ownRecord(boolean byClient, RecordPair pair) {
        Optional<RecordCheck> wrong = comparison.verification(byClient).wrongRecordSent();
        return wrong.filter(record -> Arrays.equals(record.record(), pair.sent()))
                .map(record -> new Finding(
                        RecordCorrupted.RECORD_CORRUPTED,
                        Confidence.CERTAIN,
                        "A record left the " + side(byClient)
                                + " with a MAC or tag that is wrong under its own keys, and arrived as it was sent.",
                        FailureEvidence.with(handshake, OwnRecord.evidence(side(byClient), record)),
                        OwnRecord.steps()));
    }

    private static String side(boolean client) {
        return client ? "client" : "server";
    }

    /** Eight bytes from that offset on. */
    private static String around(byte @org.jspecify.annotations.Nullable [] bytes, int offset) {
        if (bytes == null || offset >= bytes.length) {
            return "ends before";
        }
        return HexFormat.of().formatHex(bytes, offset, Math.min(bytes.length, offset + 8));
    }
}
