package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.finding.Candidate;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.refusal.Refusal;
import dev.tlscope.analyzer.refusal.Refusals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Explains the place in the JDK's code that refused the handshake, if no cause before this one has decided from more
 * evidence. The place, and what it checks, are known. The finding is certain if the check is about the bytes of a
 * message, and otherwise an inference.
 */
final class KnownRefusal implements Cause {
    static final CauseId INVALID_CONFIGURATION = CauseId.of(
            "invalid-configuration",
            "A property of this JVM, or a setting of its application, has a value that JSSE cannot use.",
            "the place of the JDK's code that read the setting, and the value",
            "Correct the setting that is named.",
            "RFC 8446, 6.2");

    static final CauseId PROVIDER_FAILURE = CauseId.of(
            "provider-failure",
            "A security provider of this JVM failed in an operation that it offers: to sign, decrypt, derive or encode.",
            "the place of the JDK's code that called it, and the provider's own exception below it",
            "Look at that provider: its log, its version, and the hardware or token that holds the key.",
            "RFC 8446, 6.2");

    /** The check itself is the proof: it is about the bytes that arrived, and JSSE states what is wrong with them. */
    private static final Set<CauseId> PROVEN_BY_THE_CHECK = Set.of(
            MalformedMessage.MALFORMED_MESSAGE,
            UnexpectedMessage.UNEXPECTED_MESSAGE,
            UnsafeRenegotiation.UNSAFE_RENEGOTIATION);

    /** Refusals behind which other causes may be as well. */
    private static final Map<CauseId, Candidate[]> ALSO = Map.of(
            OwnKeyMismatch.KEY_MISMATCH,
            new Candidate[] {
                Candidate.possible(KeysDisagree.TRANSCRIPT_ALTERED, "whether both sides hashed the same messages"),
                Candidate.possible(
                        MalformedMessage.MALFORMED_MESSAGE, "whether the signature has the form of its key and scheme")
            },
            KeysDisagree.TRANSCRIPT_ALTERED,
            new Candidate[] {
                Candidate.possible(KeysDisagree.SECRETS_DIVERGED, "whether both sides have the same secrets")
            },
            RecordCorrupted.RECORD_CORRUPTED,
            new Candidate[] {
                Candidate.possible(
                        EngineMisuse.ENGINE_MISUSE, "whether an application drops, repeats or reorders records")
            });

    @Override
    public List<CauseId> ids() {
        return List.of(INVALID_CONFIGURATION, PROVIDER_FAILURE);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        return handshake.raised()
                ? Refusals.of(handshake).map(refusal -> finding(handshake, refusal))
                : Optional.empty();
    }

    private static Finding finding(Handshake handshake, Refusal refusal) {
        Optional<String> below = refusal.innermost() ? Optional.empty() : FailureEvidence.innermost(handshake);
        CauseId cause = Catalogue.of(refusal.cause()).orElse(Internal.INTERNAL);
        Candidate[] also = ALSO.getOrDefault(cause, new Candidate[0]);
        boolean plain = refusal.confirmed()
                && refusal.innermost()
                && !refusal.open()
                && also.length == 0
                && cause != Internal.INTERNAL;
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence("JSSE says", refusal.said()));
        evidence.add(new Evidence(
                "refused by",
                refusal.className() + "." + refusal.method()
                        + (refusal.confirmed()
                                ? ""
                                : ", found by its text alone: the stack does not lead through it")));
        below.ifPresent(link -> evidence.add(new Evidence("exception below", link)));
        evidence.addAll(FailureEvidence.with(handshake));
        Finding finding = new Finding(
                cause, confidence(cause, plain), refusal.meaning(), List.copyOf(evidence), List.of(cause.fix()));
        return finding.or(also);
    }

    private static Confidence confidence(CauseId cause, boolean plain) {
        if (!plain) {
            return Confidence.POSSIBLE;
        }
        return PROVEN_BY_THE_CHECK.contains(cause) ? Confidence.CERTAIN : Confidence.LIKELY;
    }
}
