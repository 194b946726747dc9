package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailedRecord;
import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.FinishedMismatch;
import dev.tlscope.analyzer.finding.Candidate;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.schedule.Check;
import dev.tlscope.analyzer.schedule.SecretRedaction;
import dev.tlscope.analyzer.verify.Verification;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.AlertDescription;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * secrets-diverged and transcript-altered at this side: what JSSE or its provider derived here does not follow from the
 * captured inputs.
 */
final class OwnDerivation implements Cause {
    /** bad_record_mac, handshake_failure (JSSE, of CBC suites), decrypt_error, internal_error. */
    private static final AlertDescription[] ABOUT_KEYS = {
        AlertDescription.BAD_RECORD_MAC,
        AlertDescription.HANDSHAKE_FAILURE,
        AlertDescription.DECRYPT_ERROR,
        AlertDescription.INTERNAL_ERROR
    };

    @Override
    public List<CauseId> ids() {
        return List.of(KeysDisagree.TRANSCRIPT_ALTERED, KeysDisagree.SECRETS_DIVERGED);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        boolean keysDisagree = handshake.alertReceived()
                ? handshake.result().endedBy(ABOUT_KEYS)
                : PlaintextAlert.description(handshake)
                                .filter(number -> Arrays.asList(ABOUT_KEYS).contains(AlertDescription.of(number)))
                                .isPresent()
                        || ConnectionLost.mayHaveLostAlert(handshake)
                        || FailedRecord.of(handshake).isPresent()
                        || FinishedMismatch.of(handshake).isPresent();
        return keysDisagree
                ? Verification.of(handshake)
                        .wrongDerivation()
                        .map(wrong -> finding(handshake, handshake, wrong, "This JVM"))
                : Optional.empty();
    }

    /** Provider and algorithm of the captured value, if JSSE exposed them. */
    static Evidence maker(Handshake handshake, String what, byte @Nullable [] captured) {
        for (Event event : handshake.events()) {
            if (event.type() == EventType.SECRET && Arrays.equals(event.bytes(Field.BYTES), captured)) {
                String provider = event.text(Field.PROVIDER);
                String algorithm = event.text(Field.ALGORITHM);
                if (provider != null || algorithm != null) {
                    return new Evidence(
                            what,
                            (provider == null ? "provider not known" : provider)
                                    + (algorithm == null ? "" : ", " + algorithm));
                }
            }
        }
        return new Evidence(what, "JSSE itself, or a provider that it does not expose");
    }

    /**
     * The finding at one end for a value that is wrong at the same or the other end.
     *
     * @param at the end where it is wrong
     * @param who that end, in words
     */
    static Finding finding(Handshake handshake, Handshake at, Check wrong, String who) {
        SecretRedaction shown = new SecretRedaction(false);
        String name = wrong.name().equals("CLIENT_RANDOM") ? "CLIENT_RANDOM, the master secret" : wrong.name();
        boolean hash = wrong.isTranscriptHash();
        boolean proven = hash || Verification.of(at).hasOwnTranscript(wrong);
        return new Finding(
                hash ? KeysDisagree.TRANSCRIPT_ALTERED : KeysDisagree.SECRETS_DIVERGED,
                proven ? Confidence.CERTAIN : Confidence.LIKELY,
                hash
                        ? who + " hashed something else than the messages that it sent and received."
                        : who + " derived a value that does not follow from its own inputs: " + name + ".",
                FailureEvidence.with(
                        handshake,
                        new Evidence("side", at.role()),
                        new Evidence("first wrong value", name),
                        new Evidence(
                                "value",
                                shown.value(wrong.captured(), wrong.secret()) + ", recomputed "
                                        + shown.value(wrong.computed(), wrong.secret())),
                        maker(at, "made by", wrong.captured()),
                        new Evidence("recomputed from", wrong.detail().isEmpty() ? "the messages" : wrong.detail())),
                steps(),
                proven
                        ? List.of()
                        : List.of(Candidate.possible(
                                KeysDisagree.TRANSCRIPT_ALTERED,
                                "the transcript hash of that JVM, which secrets=on captures and this capture lacks")));
    }

    static List<String> steps() {
        return List.of(
                "Look at the security providers of that JVM, their order and versions: one of them computes it wrongly.",
                "Try with the JDK's own providers first, and without agents that change JSSE.",
                "tlscope verify shows every value of the key schedule beside the recomputed one.");
    }
}
