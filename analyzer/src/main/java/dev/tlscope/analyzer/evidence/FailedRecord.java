package dev.tlscope.analyzer.evidence;

import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.protection.RecordCheck;
import dev.tlscope.analyzer.schedule.Check.Verdict;
import dev.tlscope.analyzer.verify.Verification;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The protected record at which this side's record layer failed.
 *
 * @param epoch the keys that should protect it, as the capture counts them
 * @param sequence the sequence number that its MAC or nonce should have
 * @param bytes the record, header included; null when it was not captured
 * @param check the result of decrypting it with the recomputed keys; null if that could not be tried
 * @param earlier the checks of the records received before it
 * @param verification the whole connection, recomputed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record FailedRecord(
        Handshake handshake,
        long epoch,
        long sequence,
        byte @Nullable [] bytes,
        @Nullable RecordCheck check,
        List<RecordCheck> earlier,
        Verification verification) {
    private static final byte DTLS_MAJOR = (byte) 0xfe;

    /** Empty if this side did not fail at a protected record; DTLS drops such a record without failing. */
    public static Optional<FailedRecord> of(Handshake handshake) {
        Event failure = handshake.failure();
        if (failure == null || handshake.alertReceived() || !failure.has(Field.SEQUENCE)) {
            return Optional.empty();
        }
        long epoch = failure.number(Field.EPOCH, -1);
        long sequence = failure.number(Field.SEQUENCE, -1);
        byte[] bytes = null;
        for (Event event : received(handshake)) {
            if (event.number(Field.EPOCH, -1) == epoch && event.number(Field.SEQUENCE, -1) == sequence) {
                bytes = event.bytes(Field.BYTES);
            }
        }
        if (bytes != null && bytes.length > 1 && bytes[1] == DTLS_MAJOR) {
            return Optional.empty();
        }
        Verification verification = Verification.of(handshake);
        RecordCheck check = null;
        List<RecordCheck> earlier = new ArrayList<>();
        for (RecordCheck record : verification.records()) {
            if (!record.sent() && record.record() == bytes) {
                check = record;
                break;
            } else if (!record.sent()) {
                earlier.add(record);
            }
        }
        return Optional.of(
                new FailedRecord(handshake, epoch, sequence, bytes, check, List.copyOf(earlier), verification));
    }

    /** True when nothing is known of its MAC or tag: without secrets, or without the record. */
    public boolean isUnchecked() {
        return check == null || check.verdict() == Verdict.UNCHECKED;
    }

    /** True when its MAC or tag was recomputed, and is wrong for every number near its own. */
    public boolean verifiesNowhere() {
        return check != null && check.verdict() == Verdict.DIFFERS && !check.plain() && !check.isDisplaced();
    }

    /** True when JSSE's own words are that the tag, the MAC or the padding is wrong, and not what they protect. */
    public boolean isUnverifiedByJsse() {
        return handshake.threw("javax.crypto.AEADBadTagException")
                || FailureEvidence.said(handshake, "bad record MAC")
                || FailureEvidence.said(handshake, "Invalid Padding length")
                || FailureEvidence.said(handshake, "Invalid TLS padding data");
    }

    /** Number of previous records under the same keys whose MAC or tag verifies. */
    public long verifiedBefore() {
        RecordCheck failed = check;
        return failed == null
                ? 0
                : earlier.stream()
                        .filter(record -> record.verdict() == Verdict.VERIFIED && record.epoch() == failed.epoch())
                        .count();
    }

    /** The sequence number of an identical record that was received before under the same keys. */
    public Optional<Long> repeats() {
        byte[] record = bytes;
        if (record == null) {
            return Optional.empty();
        }
        for (Event event : received(handshake)) {
            byte[] other = event.bytes(Field.BYTES);
            if (other != record
                    && event.number(Field.EPOCH, -1) == epoch
                    && event.has(Field.SEQUENCE)
                    && Arrays.equals(other, record)) {
                return Optional.of(event.number(Field.SEQUENCE, -1));
            }
        }
        return Optional.empty();
    }

    /** Describes the record. */
    public Evidence describe() {
        byte[] record = bytes;
        return new Evidence(
                "record",
                "received, epoch " + epoch + ", sequence number " + sequence
                        + (record == null ? ", not captured" : ", " + record.length + " bytes"));
    }

    /** The records received up to the failure. */
    public static List<Event> received(Handshake handshake) {
        List<Event> records = new ArrayList<>();
        for (Event event : handshake.events()) {
            if (event.type() == EventType.FAILURE) {
                break;
            } else if (event.type() == EventType.RECORD && event.isReceived()) {
                records.add(event);
            }
        }
        return records;
    }
}
