package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.KeyPairEvidence;
import dev.tlscope.analyzer.evidence.TransportLoss;
import dev.tlscope.analyzer.finding.Candidate;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.HandshakeType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * malformed-message: the client's RSA pre-master cannot be decrypted with this server's key, which belongs to its
 * certificate. JSSE continues with a random one without reporting it (RFC 5246, 7.4.7.1), so that the client's Finished
 * fails.
 */
final class PremasterReplaced implements Cause {
    @Override
    public List<CauseId> ids() {
        return List.of(MalformedMessage.MALFORMED_MESSAGE);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        Event premaster = handshake.capturedEvents().premaster();
        boolean undecrypted =
                premaster != null && premaster.flag(Field.REPLACED) && !premaster.has(Field.PREMASTER_LENGTH);
        boolean atFinished = handshake.failed()
                && !handshake.completed()
                && !TransportLoss.connectionLost(handshake)
                && handshake.message(HandshakeType.FINISHED, false).isEmpty();
        return undecrypted && premaster != null && atFinished
                ? Optional.of(finding(handshake, premaster))
                : Optional.empty();
    }

    private static Finding finding(Handshake handshake, Event premaster) {
        Optional<Event> pair = handshake.keyPairs().stream()
                .filter(one -> "yes".equals(one.text(Field.MATCH)))
                .findFirst();
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(Evidence.captured("RSA pre-master", premaster.text(Field.REASON)));
        evidence.add(new Evidence(
                "this server's key and certificate", pair.isPresent() ? "belong together" : "not compared"));
        pair.ifPresent(one -> evidence.addAll(KeyPairEvidence.of(one)));
        Finding finding = new Finding(
                MalformedMessage.MALFORMED_MESSAGE,
                pair.isPresent() ? Confidence.LIKELY : Confidence.POSSIBLE,
                "The client's RSA pre-master does not decrypt under this server's private key: it was"
                        + " encrypted for another key, or not padded as it must be; the failure that follows is only a"
                        + " consequence.",
                FailureEvidence.with(handshake, evidence.toArray(new Evidence[0])),
                List.of(
                        "Check which certificate the client encrypts for: a pinned or cached one of before a change"
                                + " of keys, or the one of another server behind the same address.",
                        "Where many such handshakes come from one address with different ciphertexts, somebody may be probing for"
                                + " Bleichenbacher's oracle: disable TLS_RSA_* suites (jdk.tls.disabledAlgorithms)."));
        Candidate altered = Candidate.possible(
                KeysDisagree.TRANSCRIPT_ALTERED, "the client's capture: whether it received this server's certificate");
        return pair.isPresent()
                ? finding.or(altered)
                : finding.or(
                        Candidate.possible(
                                OwnKeyMismatch.KEY_MISMATCH,
                                "whether the private key belongs to the certificate: compare their public keys"),
                        altered);
    }
}
