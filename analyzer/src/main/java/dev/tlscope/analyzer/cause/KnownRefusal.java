package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.MessageFields;
import dev.tlscope.analyzer.finding.Candidate;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.FixedBy;
import dev.tlscope.analyzer.message.DecodedMessage;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.refusal.Refusal;
import dev.tlscope.analyzer.refusal.Refusals;
import dev.tlscope.tls.ContentType;
import java.util.ArrayList;
import java.util.HexFormat;
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
            FixedBy.THIS_SIDE,
            "A property of this JVM, or a setting of its application, has a value that JSSE cannot use.",
            "the place of the JDK's code that read the setting, and the value",
            "Correct the setting that is named.",
            "RFC 8446, 6.2");

    /** The check itself is the proof: it is about the received bytes, and JSSE states what is wrong with them. */
    private static final Set<CauseId> PROVEN_BY_THE_CHECK = Set.of(
            MalformedMessage.MALFORMED_MESSAGE,
            MessageTooLarge.MESSAGE_TOO_LARGE,
            UnexpectedMessage.UNEXPECTED_MESSAGE,
            UnsafeRenegotiation.UNSAFE_RENEGOTIATION);

    private static final Candidate[] NONE = {};

    /** sun.security.ssl.ServerHello: the server's random has the downgrade marker of RFC 8446, 4.1.3. */
    private static final String DOWNGRADE = "downgrade attack";

    private static final Candidate[] IN_BETWEEN_OR_SERVER = {
        Candidate.possible(
                MalformedMessage.MALFORMED_MESSAGE,
                "the server's capture: whether it received the same ClientHello, and chose the lower version all the same")
    };

    /** The headers of a record and of a message. */
    private static final int BEGINNING = 9;

    /** Refusals that other causes may lead to as well. */
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

    /** The end of the names of JSSE's classes that check records, before there is a message. */
    private static final String OF_RECORDS = "InputRecord";

    @Override
    public List<CauseId> ids() {
        return List.of(INVALID_CONFIGURATION);
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
        Candidate[] also = refusal.said().contains(DOWNGRADE) ? IN_BETWEEN_OR_SERVER : ALSO.getOrDefault(cause, NONE);
        boolean plain =
                isPlain(refusal) && (also.length == 0 || also == IN_BETWEEN_OR_SERVER) && cause != Internal.INTERNAL;
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence("JSSE says", refusal.said()));
        evidence.add(new Evidence(
                "refused by",
                refusal.className() + "." + refusal.method()
                        + (refusal.confirmed()
                                ? ""
                                : ", found by its text alone: the stack does not lead through it")));
        below.ifPresent(link -> evidence.add(new Evidence("exception below", link)));
        if (PROVEN_BY_THE_CHECK.contains(cause)) {
            evidence.add(new Evidence(
                    "what arrived",
                    arrived(handshake).orElse("not captured")
                            + (isOfAnotherMessage(handshake, refusal) ? ", and not what JSSE refused" : "")));
        }
        evidence.addAll(FailureEvidence.with(handshake));
        Finding finding = new Finding(
                cause,
                confidence(handshake, refusal, cause, plain),
                refusal.meaning(),
                List.copyOf(evidence),
                List.of(cause.fix()));
        return finding.or(also);
    }

    private static boolean isPlain(Refusal refusal) {
        return refusal.confirmed() && refusal.innermost() && !refusal.open();
    }

    /** True when the capture has another message than the one that JSSE's statement is about. */
    private static boolean isOfAnotherMessage(Handshake handshake, Refusal refusal) {
        return MessageFields.of(handshake)
                .lastReceived()
                .filter(last -> RefusedMessage.isAnother(refusal, last))
                .isPresent();
    }

    /** JSSE's statement about the bytes is certain if the capture has these bytes as well. */
    private static Confidence confidence(Handshake handshake, Refusal refusal, CauseId cause, boolean plain) {
        if (!plain || cause == PeerAlert.PEER_ALERT) {
            return Confidence.POSSIBLE; // why the peer sent an alert, the peer alone knows
        }
        return PROVEN_BY_THE_CHECK.contains(cause)
                        && isCaptured(handshake, refusal)
                        && !isOfAnotherMessage(handshake, refusal)
                ? Confidence.CERTAIN
                : Confidence.LIKELY;
    }

    /** False for a check of a handshake message when none was captured: the beginning of its record does not show what JSSE refused. */
    private static boolean isCaptured(Handshake handshake, Refusal refusal) {
        byte[] record = handshake.lastReceived();
        boolean ofHandshake = record != null && record.length > 0 && record[0] == ContentType.HANDSHAKE;
        boolean needsMessage = ofHandshake && !refusal.className().endsWith(OF_RECORDS);
        return needsMessage
                ? MessageFields.of(handshake).lastReceived().isPresent()
                : arrived(handshake).isPresent();
    }

    /** What JSSE read last: a message, or bytes that were not a record. */
    private static Optional<String> arrived(Handshake handshake) {
        Optional<String> message = MessageFields.of(handshake).lastReceived().map(DecodedMessage::name);
        byte[] record = handshake.lastReceived();
        return record == null
                ? message
                : message.map(name -> name + ", in a record that begins with " + hex(record))
                        .or(() -> Optional.of("a record that begins with " + hex(record)));
    }

    private static String hex(byte[] record) {
        return HexFormat.of().formatHex(record, 0, Math.min(BEGINNING, record.length));
    }

    /**
     * A less certain finding with the same cause: if JSSE's own check proves the cause, JSSE's statement replaces its
     * sentence. The finding's other evidence stays.
     */
    static Finding confirmed(Handshake handshake, Finding finding) {
        if (finding.confidence() == Confidence.CERTAIN || !PROVEN_BY_THE_CHECK.contains(finding.cause())) {
            return finding;
        }
        return Refusals.of(handshake)
                .map(refusal -> finding(handshake, refusal))
                .filter(known -> known.cause() == finding.cause() && known.confidence() == Confidence.CERTAIN)
                .map(known -> joined(known, finding))
                .orElse(finding);
    }

    private static Finding joined(Finding known, Finding found) {
        List<Evidence> evidence = new ArrayList<>(known.evidence());
        for (Evidence more : found.evidence()) {
            if (known.evidence().stream().noneMatch(one -> one.what().equals(more.what()))) {
                evidence.add(more);
            }
        }
        return new Finding(known.cause(), known.confidence(), known.summary(), List.copyOf(evidence), found.fix());
    }
}
