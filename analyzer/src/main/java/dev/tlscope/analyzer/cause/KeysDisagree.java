package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.crypto.RsaPadding;
import dev.tlscope.analyzer.crypto.SignatureScheme;
import dev.tlscope.analyzer.evidence.FailedRecord;
import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.FinishedMismatch;
import dev.tlscope.analyzer.finding.Candidate;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.FixedBy;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.schedule.HandshakeSignature;
import dev.tlscope.tls.AlertDescription;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Optional;

/**
 * transcript-altered, seen from one side: this side's values are right, and the peer's differ. Only the peer's capture
 * shows what it hashed or derived.
 */
final class KeysDisagree implements Cause {
    static final CauseId TRANSCRIPT_ALTERED = CauseId.of(
            "transcript-altered",
            FixedBy.EITHER,
            "The two sides hashed different handshake messages.",
            "with both captures the first handshake byte that differs; alone, verify_data or a transcript hash recomputed"
                    + " from the captured messages",
            "Capture at both ends; look at what rewrites hellos in between.",
            "RFC 8446, 4.4.1; RFC 5246, 7.4.9");

    static final CauseId SECRETS_DIVERGED = CauseId.of(
            "secrets-diverged",
            FixedBy.THIS_SIDE,
            "The messages are the same at both sides, and a secret is not.",
            "the key schedule recomputed from its inputs; with both captures the first secret that differs",
            "Look at the provider that made the first wrong value.",
            "RFC 8446, 7.1; RFC 5246, 8.1");

    private static final String PEERS_CAPTURE =
            "explain with both ends' captures names the first byte or secret that differs";

    @Override
    public List<CauseId> ids() {
        return List.of(TRANSCRIPT_ALTERED, SECRETS_DIVERGED);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        if (handshake.alertReceived() || !handshake.failed()) {
            return Optional.empty();
        }
        Optional<FinishedMismatch> finished = FinishedMismatch.of(handshake);
        if (finished.isPresent()) {
            return Optional.of(finished(handshake, finished.get()));
        }
        Optional<HandshakeSignature> signature = signatureOverOtherBytes(handshake);
        if (signature.isPresent()) {
            return Optional.of(signature(handshake, signature.get()));
        }
        Optional<FailedRecord> record = FailedRecord.of(handshake);
        boolean first = record.isPresent()
                && !handshake.completed()
                && record.get().verifiedBefore() == 0
                && (record.get().verifiesNowhere() || handshake.raised(AlertDescription.BAD_RECORD_MAC));
        return first ? Optional.of(record(handshake, record.get())) : Optional.empty();
    }

    /** A signature by the right key over other bytes than those received. */
    private static Optional<HandshakeSignature> signatureOverOtherBytes(Handshake handshake) {
        return HandshakeSignature.ofPeer(handshake)
                .filter(signature -> !signature.verifies())
                .filter(signature -> SignatureScheme.of(signature.scheme())
                        .filter(scheme -> scheme.isPss() || scheme.isPkcs1())
                        .filter(scheme -> signature.certificate().getPublicKey() instanceof RSAPublicKey key
                                && RsaPadding.isBy(key, scheme, signature.signature()))
                        .isPresent())
                .findFirst();
    }

    private static Finding finished(Handshake handshake, FinishedMismatch finished) {
        return finding(
                        handshake,
                        Confidence.LIKELY,
                        "The peer's Finished is not of the messages that this side sent and received: one was altered on the"
                                + " way, or the peer hashed or derived wrongly.",
                        finished.describe(),
                        new Evidence(
                                "this side",
                                "its transcript hash is that of the captured messages, and what was recomputed of its"
                                        + " secrets is right"))
                .or(Candidate.possible(SECRETS_DIVERGED, PEERS_CAPTURE));
    }

    private static Finding signature(Handshake handshake, HandshakeSignature signature) {
        return finding(
                        handshake,
                        Confidence.LIKELY,
                        "The peer signed, with the right key, other bytes than this side sent and received: a hello or the "
                                + signature.message() + " was altered on the way.",
                        new Evidence(
                                signature.message() + " signature",
                                "opens with the certificate's key, and covers other bytes than those captured here"))
                .or(Candidate.possible(SECRETS_DIVERGED, "whether the peer hashes wrongly: its own capture"));
    }

    private static Finding record(Handshake handshake, FailedRecord record) {
        return finding(
                        handshake,
                        Confidence.POSSIBLE,
                        "The peer's first encrypted record does not verify: both sides have other keys, or it was damaged.",
                        record.describe(),
                        new Evidence(
                                "this side",
                                record.isUnchecked()
                                        ? "nothing could be recomputed: secrets=on captures what it takes"
                                        : "its key schedule is right as far as it was recomputed"))
                .or(
                        Candidate.possible(SECRETS_DIVERGED, PEERS_CAPTURE),
                        Candidate.possible(
                                RecordCorrupted.RECORD_CORRUPTED,
                                "whether the peer sent these very bytes: its capture"));
    }

    private static Finding finding(Handshake handshake, Confidence confidence, String summary, Evidence... evidence) {
        return new Finding(
                TRANSCRIPT_ALTERED,
                confidence,
                summary,
                FailureEvidence.with(handshake, evidence),
                List.of(
                        "Capture at the peer too, with secrets=on, and run tlscope explain on both captures: "
                                + PEERS_CAPTURE + ".",
                        "Look at what lies between and rewrites hellos: inspecting firewalls, TLS proxies, packet brokers."));
    }
}
