package dev.tlscope.analyzer.protection;

import dev.tlscope.analyzer.crypto.SuiteParameters;
import dev.tlscope.analyzer.model.Hello;
import dev.tlscope.analyzer.schedule.Check.Verdict;
import dev.tlscope.analyzer.schedule.HandshakeStream;
import dev.tlscope.analyzer.schedule.KeySchedule;
import dev.tlscope.analyzer.schedule.Negotiation;
import dev.tlscope.analyzer.schedule.WriteKeys;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.ContentType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decrypts the captured records of one direction in order, and follows the key changes: ChangeCipherSpec up to TLS 1.2,
 * in TLS 1.3 the Finished and KeyUpdate inside the records. Compares plain-text records with their messages.
 */
public final class RecordVerifier {
    /** How far around its expected sequence number a record that does not verify is tried. */
    private static final int BACK = 64;

    private static final int AHEAD = 1024;

    /** Limits the searches that a hostile capture can cause. */
    private static final int MOST_SEARCHES = 16;

    /** Key changes that a capture may omit: unless it has all records, it has none with application data. */
    private static final int MOST_EPOCHS_AHEAD = 64;

    private final boolean sent;
    private final boolean byClient;
    private final List<Negotiation> negotiations;
    private final List<KeySchedule> schedules;
    private final PlainRecords plain;
    private final List<RecordCheck> checks = new ArrayList<>();
    private final HandshakeStream handshake = new HandshakeStream();
    private int epoch;
    private long sequence;
    private @Nullable RecordProtection protection;
    private String missing = "";
    private int searches;

    public RecordVerifier(
            boolean sent,
            boolean byClient,
            List<Negotiation> negotiations,
            List<KeySchedule> schedules,
            PlainRecords plain) {
        this.sent = sent;
        this.byClient = byClient;
        this.negotiations = negotiations;
        this.schedules = schedules;
        this.plain = plain;
    }

    public List<RecordCheck> checks() {
        return List.copyOf(checks);
    }

    public void add(Event event) {
        byte[] record = event.bytes(Field.BYTES);
        if (record == null || record.length < RecordProtection.HEADER || checks.size() >= 100_000) {
            return;
        }
        int type = record[0] & 0xff;
        boolean tls13 = isTls13();
        if (!tls13 && type == ContentType.CHANGE_CIPHER_SPEC) {
            place(event);
            put(record, epoch > 0 ? open(record) : plain(event, record, "plain text"));
            change(epoch + 1);
            return;
        }
        if (tls13 && type == ContentType.CHANGE_CIPHER_SPEC) {
            put(record, plain(event, record, "for middleboxes only (RFC 8446, D.4)"));
            return;
        }
        if (tls13 && type == ContentType.APPLICATION_DATA && epoch == 0) {
            change(1);
        }
        place(event);
        if (epoch == 0) {
            put(record, plain(event, record, "plain text"));
        } else if (tls13 && type != ContentType.APPLICATION_DATA) {
            put(record, plain(event, record, "plain text, though keys are in force"));
        } else {
            RecordCheck check = open(record);
            put(record, check);
            if (tls13 && check.innerType() == ContentType.HANDSHAKE && handshake.endsEpoch(check.content())) {
                change(epoch + 1);
            }
        }
    }

    /**
     * Uses the record's epoch and sequence number that the agent captured. Records that the capture omits then do no
     * harm, nor does a key change that did not take effect: when a flight breaks, JSSE sends the alert under the
     * previous keys.
     */
    private void place(Event event) {
        // In TLS 1.3 the agent's count includes the epoch of early data, which JSSE does not support.
        long told = event.number(Field.EPOCH, -1) - (isTls13() ? 1 : 0);
        if (told > 0 && told != epoch && told <= epoch + MOST_EPOCHS_AHEAD && epoch > 0) {
            change((int) told);
        }
        if (epoch > 0) {
            long noted = event.number(Field.SEQUENCE, sequence);
            if (protection != null && noted > sequence) {
                protection.skipped();
            }
            sequence = noted;
        }
    }

    private RecordCheck open(byte[] record) {
        RecordProtection with = protection;
        if (with == null) {
            return check(record, -1, -1, new DecryptedRecord(-1, new byte[0], missing), Verdict.UNCHECKED, missing);
        }
        String obstacle = with.obstacle();
        if (obstacle != null) {
            return check(record, -1, -1, DecryptedRecord.failed(obstacle), Verdict.UNCHECKED, obstacle);
        }
        DecryptedRecord opened = with.open(record, sequence);
        if (opened.verified()) {
            return check(record, epoch, sequence, opened, Verdict.VERIFIED, "");
        }
        String why = String.valueOf(opened.failure());
        return searches++ < MOST_SEARCHES
                ? search(record, with, why)
                : check(record, -1, -1, opened, Verdict.DIFFERS, why);
    }

    /** Searches for the sequence number or epoch under which the record verifies. */
    private RecordCheck search(byte[] record, RecordProtection with, String why) {
        for (int distance = 1; distance <= AHEAD; distance++) {
            for (long at : new long[] {sequence + distance, sequence - distance}) {
                if (at >= Math.max(0, sequence - BACK)) {
                    DecryptedRecord elsewhere = with.open(record, at);
                    if (elsewhere.verified()) {
                        return check(
                                record,
                                epoch,
                                at,
                                elsewhere,
                                Verdict.DIFFERS,
                                why + " at sequence " + sequence + ", but at " + at);
                    }
                }
            }
        }
        for (int other : isTls13() ? new int[] {epoch + 1, epoch - 1} : new int[0]) {
            RecordProtection keys = other > 0 ? protection(other).orElse(null) : null;
            for (int at = 0; keys != null && at <= BACK; at++) {
                DecryptedRecord elsewhere = keys.open(record, at);
                if (elsewhere.verified()) {
                    return check(
                            record,
                            other,
                            at,
                            elsewhere,
                            Verdict.DIFFERS,
                            why + " in epoch " + epoch + ", but in epoch " + other + " at " + at);
                }
            }
        }
        return check(record, -1, -1, DecryptedRecord.failed(why), Verdict.DIFFERS, why);
    }

    private RecordCheck plain(Event event, byte[] record, String detail) {
        int offset = plain.mismatch(event);
        return check(
                record,
                -1,
                -1,
                new DecryptedRecord(record[0] & 0xff, new byte[0], null),
                true,
                offset < 0 ? Verdict.GIVEN : Verdict.DIFFERS,
                offset < 0 ? detail : detail + "; from byte " + offset + " of the record on not what its message says");
    }

    private RecordCheck check(
            byte[] record, int foundEpoch, long found, DecryptedRecord opened, Verdict verdict, String detail) {
        return check(record, foundEpoch, found, opened, false, verdict, detail);
    }

    private RecordCheck check(
            byte[] record,
            int foundEpoch,
            long found,
            DecryptedRecord opened,
            boolean isPlain,
            Verdict verdict,
            String detail) {
        return new RecordCheck(
                sent,
                checks.size(),
                epoch,
                sequence,
                foundEpoch,
                found,
                record[0] & 0xff,
                opened.contentType(),
                record,
                opened.content(),
                isPlain,
                verdict,
                detail);
    }

    private void put(byte[] record, RecordCheck check) {
        checks.add(check);
        if (protection != null) {
            protection.passed(record);
        }
        if (!check.plain() || !isTls13()) {
            sequence = check.foundSequence() >= 0 && check.foundEpoch() == epoch
                    ? check.foundSequence() + 1
                    : sequence + 1;
        }
    }

    private void change(int next) {
        epoch = next;
        sequence = 0;
        protection = protection(next).orElse(null);
    }

    /** The protection of an epoch; if it is not known, sets {@link #missing} to the reason. */
    private Optional<RecordProtection> protection(int of) {
        int at = isTls13() ? negotiations.size() - 1 : of - 1;
        if (at < 0 || at >= negotiations.size()) {
            missing = "its handshake was not captured";
            return Optional.empty();
        }
        Negotiation negotiation = negotiations.get(at);
        Optional<SuiteParameters> suite = SuiteParameters.of(negotiation.cipherSuite());
        if (suite.isEmpty()) {
            missing = "records of " + negotiation.cipherSuite() + " are not opened here";
            return Optional.empty();
        }
        Optional<WriteKeys> keys = schedules.get(at).keys(byClient, of);
        missing = keys.isEmpty() ? "its secret was not captured" : "";
        int version = negotiation.serverHello().map(Hello::version).orElse(0x0303);
        return keys.map(found -> RecordProtection.of(suite.get(), found, version, negotiation.encryptsThenMacs()));
    }

    private boolean isTls13() {
        return !negotiations.isEmpty()
                && negotiations.get(negotiations.size() - 1).isTls13();
    }
}
