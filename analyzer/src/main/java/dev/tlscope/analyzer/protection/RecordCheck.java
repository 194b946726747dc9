package dev.tlscope.analyzer.protection;

import dev.tlscope.analyzer.schedule.Check.Verdict;

/**
 * A captured record, checked with the recomputed keys.
 *
 * @param sent true when this JVM sent it
 * @param number position among this direction's captured records, from 0
 * @param epoch number of key changes in this direction so far; 0 is plain text
 * @param sequence its sequence number by position
 * @param foundEpoch the epoch whose keys verify it; -1 when there is none
 * @param foundSequence the sequence number that verifies it; -1 when there is none
 * @param type content type on the wire
 * @param innerType inner content type in TLS 1.3; before that the type on the wire; -1 when it was not decrypted
 * @param record the record, header included
 * @param content plaintext; empty when it was not decrypted
 * @param plain whether it was sent in plain text; such a record differs when its bytes are not those of its messages
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RecordCheck(
        boolean sent,
        int number,
        int epoch,
        long sequence,
        int foundEpoch,
        long foundSequence,
        int type,
        int innerType,
        byte[] record,
        byte[] content,
        boolean plain,
        Verdict verdict,
        String detail) {

    /** True when it verifies, but at another position than its own. */
    public boolean isDisplaced() {
        return verdict == Verdict.DIFFERS && foundSequence >= 0;
    }

    public boolean isProtected() {
        return epoch > 0 && !plain;
    }
}
