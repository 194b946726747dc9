package dev.tlscope.analyzer.schedule;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A value of the key schedule, or a proof, recomputed.
 *
 * @param name RFC 9850 label, the capture format's label, or a description: {@code client Finished}
 * @param secret whether the values are key material
 * @param captured the JVM's value; null when it was not captured
 * @param computed the expected value; null when an input is missing
 * @param detail the inputs, or why it was not computed
 * @param timeNanos when the value was captured, nanoseconds since 1970-01-01T00:00:00Z; 0 when that is not known
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Check(
        String name,
        Verdict verdict,
        boolean secret,
        byte @Nullable [] captured,
        byte @Nullable [] computed,
        String detail,
        long timeNanos) {
    /** Suffix for a check of the verify_data that this JVM computed, when the peer sent another. */
    public static final String COMPUTED_HERE = ", as it was computed here";

    /** Prefix of the names of transcript hashes. */
    static final String TRANSCRIPT_HASH = "transcript hash, ";

    /** The outcome. */
    public enum Verdict {
        /** The captured and the computed value are equal; the signature or MAC verifies. */
        VERIFIED,
        /** They differ; the signature or MAC does not verify. */
        DIFFERS,
        /** Computed, but nothing was captured to compare it with. */
        COMPUTED,
        /** Captured, and either an input or without its inputs: values computed from it confirm it. */
        GIVEN,
        /** Could not be checked; the detail says why. */
        UNCHECKED
    }

    /** Compares a captured value with the computed one, either of which may be missing. */
    static Check compare(
            String name, boolean secret, byte @Nullable [] captured, byte @Nullable [] computed, String detail) {
        Verdict verdict = computed == null
                ? (captured == null ? Verdict.UNCHECKED : Verdict.GIVEN)
                : captured == null
                        ? Verdict.COMPUTED
                        : Arrays.equals(captured, computed) ? Verdict.VERIFIED : Verdict.DIFFERS;
        return new Check(name, verdict, secret, captured, computed, detail, 0);
    }

    /** A proof that verifies or does not. */
    public static Check proof(String name, boolean verifies, String detail) {
        return new Check(name, verifies ? Verdict.VERIFIED : Verdict.DIFFERS, false, null, null, detail, 0);
    }

    public static Check unchecked(String name, String why) {
        return new Check(name, Verdict.UNCHECKED, false, null, null, why, 0);
    }

    /** This check with the time of capture. */
    Check at(long nanos) {
        return new Check(name, verdict, secret, captured, computed, detail, nanos);
    }

    /** This check with more detail. */
    public Check with(String more) {
        String all = detail.isEmpty() ? more : detail + "; " + more;
        return new Check(name, verdict, secret, captured, computed, all, timeNanos);
    }

    /** True for a hash of handshake messages. */
    public boolean isTranscriptHash() {
        return name.startsWith(TRANSCRIPT_HASH);
    }

    /** The offset of the first difference; -1 when there is none, or a value is missing. */
    public int firstDifference() {
        return captured == null || computed == null ? -1 : Arrays.mismatch(captured, computed);
    }
}
