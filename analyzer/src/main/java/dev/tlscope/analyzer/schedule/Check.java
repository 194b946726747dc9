package dev.tlscope.analyzer.schedule;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One value of the key schedule, or one proof, recomputed.
 *
 * @param name RFC 9850 label, the capture format's label, or what it is: {@code client Finished}
 * @param secret whether the values are key material
 * @param captured what the JVM had; null when that was not captured
 * @param computed what it should be; null when an input is missing
 * @param detail what it was computed from, or why it was not
 * @param timeNanos when the captured value was captured, nanoseconds since 1970-01-01T00:00:00Z; 0 when that is not known
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Check(
        String name,
        Verdict verdict,
        boolean secret,
        byte @Nullable [] captured,
        byte @Nullable [] computed,
        String detail,
        long timeNanos) {
    /** What the name of a check of the JVM's own verify_data ends with, where the peer sent another. */
    public static final String COMPUTED_HERE = ", as it was computed here";

    /** What the names of transcript hashes begin with. */
    static final String TRANSCRIPT_HASH = "transcript hash, ";

    /** How it came out. */
    public enum Verdict {
        /** Captured and computed are the same; the signature or MAC verifies. */
        VERIFIED,
        /** They differ; the signature or MAC does not verify. */
        DIFFERS,
        /** Computed, with nothing captured to compare it with. */
        COMPUTED,
        /** Captured, and an input or without its inputs: what is computed from it proves it. */
        GIVEN,
        /** Could not be checked; the detail says why. */
        UNCHECKED
    }

    /** A captured value beside the computed one, either of which may be missing. */
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

    /** The same, captured then. */
    Check at(long nanos) {
        return new Check(name, verdict, secret, captured, computed, detail, nanos);
    }

    /** The same, with more to say of it. */
    public Check with(String more) {
        String all = detail.isEmpty() ? more : detail + "; " + more;
        return new Check(name, verdict, secret, captured, computed, all, timeNanos);
    }

    /** True of a hash of handshake messages. */
    public boolean isTranscriptHash() {
        return name.startsWith(TRANSCRIPT_HASH);
    }

    /** Where the values first differ; -1 when they do not, or one is missing. */
    public int firstDifference() {
        return captured == null || computed == null ? -1 : Arrays.mismatch(captured, computed);
    }
}
