package dev.tlscope.analyzer.protection;

import dev.tlscope.analyzer.schedule.Check.Verdict;

/**
 * One captured record, opened with the recomputed keys.
 *
 * @param sent true when this JVM sent it
 * @param number counts this direction's captured records, from 0
 * @param epoch counts this direction's key changes; 0 is plain text
 * @param sequence the sequence number that it stands at
 * @param foundEpoch the one under whose keys it verifies; -1 when there is none
 * @param foundSequence the one under which it verifies; -1 when there is none
 * @param type content type on the wire
 * @param innerType content type inside, in TLS 1.3; the wire's before that; -1 when it was not opened
 * @param record the record, header included
 * @param content plaintext; empty when it was not opened
 * @param plain whether it is sent in plain text; it differs when it is not what its messages say
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
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

    /** It verifies, but not where it stands. */
    public boolean isDisplaced() {
        return verdict == Verdict.DIFFERS && foundSequence >= 0;
    }

    public boolean isProtected() {
        return epoch > 0 && !plain;
    }
}
