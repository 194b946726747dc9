package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.finding.Candidate;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.tls.AlertDescription;
import dev.tlscope.tls.HandshakeType;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * record-corrupted or transcript-altered, seen from the side whose record or Finished the peer rejected: the values
 * that this side can recompute are right, and only the peer's capture shows what arrived.
 */
final class ProtectionRefused implements Cause {

    @Override
    public List<CauseId> ids() {
        return List.of(RecordCorrupted.RECORD_CORRUPTED, EngineMisuse.ENGINE_MISUSE, KeysDisagree.TRANSCRIPT_ALTERED);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        boolean keysAgree = handshake.completed()
                || handshake.message(HandshakeType.FINISHED, false).isPresent();
        if (handshake.received(AlertDescription.BAD_RECORD_MAC) && hasSentProtected(handshake)) {
            return Optional.of(keysAgree ? corrupted(handshake) : diverged(handshake));
        }
        if (handshake.received(AlertDescription.HANDSHAKE_FAILURE) && isUnreadableCbc(handshake)) {
            return Optional.of(diverged(handshake));
        }
        // If we sent a CertificateVerify, it may be the cause: decrypt_error also concerns signatures (RFC 8446, 6.2).
        boolean finished = handshake.received(AlertDescription.DECRYPT_ERROR)
                && handshake.message(HandshakeType.FINISHED, true).isPresent()
                && handshake.message(HandshakeType.CERTIFICATE_VERIFY, true).isEmpty();
        return finished ? Optional.of(diverged(handshake)) : Optional.empty();
    }

    /** True when this side has sent something under keys, which the peer may have failed to verify. */
    private static boolean hasSentProtected(Handshake handshake) {
        return handshake.completed()
                || handshake.message(HandshakeType.FINISHED, true).isPresent()
                || (handshake.isTls13()
                        && handshake
                                .message(HandshakeType.SERVER_HELLO, !handshake.isClient())
                                .isPresent());
    }

    /**
     * JSSE's reaction to a CBC record with a wrong padding or MAC in the handshake
     * (sun.security.ssl.SSLTransport.decode).
     */
    private static boolean isUnreadableCbc(Handshake handshake) {
        String suite = handshake.cipherSuite();
        return suite != null
                && suite.contains("_CBC_")
                && handshake.message(HandshakeType.FINISHED, true).isPresent()
                && handshake.isClient()
                && handshake.message(HandshakeType.FINISHED, false).isEmpty()
                && handshake.message(HandshakeType.CERTIFICATE, true).isEmpty();
    }

    private static Finding corrupted(Handshake handshake) {
        List<Evidence> facts = FailureEvidence.with(
                handshake,
                new Evidence("keys agree", "the peer's Finished was verified"),
                new Evidence("what would decide", "the peer's capture"));
        Candidate desync = Candidate.possible(
                RecordDesync.RECORD_DESYNC, "whether a record of ours was lost, repeated or overtaken");
        Set<String> threads = EngineMisuse.threads(handshake);
        if (threads.size() > 1) {
            return EngineMisuse.possible(threads, facts)
                    .or(
                            desync,
                            Candidate.possible(
                                    RecordCorrupted.RECORD_CORRUPTED, "whether our record arrived as it was sent"));
        }
        String summary = "The peer could not verify a record of ours, although both sides' keys agree.";
        if (EngineMisuse.comesFirst(handshake)) {
            return EngineMisuse.unproven(handshake, summary, facts)
                    .or(
                            desync,
                            Candidate.possible(
                                    RecordCorrupted.RECORD_CORRUPTED, "whether our record arrived as it was sent"));
        }
        return new Finding(
                        RecordCorrupted.RECORD_CORRUPTED, Confidence.POSSIBLE, summary, facts, RecordCorrupted.steps())
                .or(
                        desync,
                        Candidate.possible(
                                EngineMisuse.ENGINE_MISUSE,
                                "whether our own application sends the engine's output in order"));
    }

    private static Finding diverged(Handshake handshake) {
        return new Finding(
                        KeysDisagree.TRANSCRIPT_ALTERED,
                        Confidence.POSSIBLE,
                        "The peer could not verify what we sent first under the new keys: it has other keys, or hashed other"
                                + " messages.",
                        FailureEvidence.with(
                                handshake, new Evidence("what would decide", "the peer's capture with secrets=on")),
                        List.of("Capture at the peer too, with secrets=on, and run tlscope explain on both captures."))
                .or(
                        Candidate.possible(KeysDisagree.SECRETS_DIVERGED, "the peer's secrets beside ours"),
                        Candidate.possible(
                                RecordCorrupted.RECORD_CORRUPTED, "whether our record arrived as it was sent"));
    }
}
