package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.finding.Candidate;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Certificates;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.tls.AlertDescription;
import dev.tlscope.tls.HandshakeType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * key-mismatch with RSA key exchange, seen from the client alone. The server proves its key only by decrypting the
 * client's Finished; if it cannot, it may have another key, and only its own capture shows that.
 */
final class RsaKeyExchangeRefused implements Cause {
    /**
     * bad_record_mac, handshake_failure (JSSE, of CBC suites), illegal_parameter (JSSE, when the encrypted pre-master is
     * larger than the other key's modulus), decrypt_error.
     */
    private static final AlertDescription[] COULD_NOT_READ = {
        AlertDescription.BAD_RECORD_MAC,
        AlertDescription.HANDSHAKE_FAILURE,
        AlertDescription.ILLEGAL_PARAMETER,
        AlertDescription.DECRYPT_ERROR
    };

    @Override
    public List<CauseId> ids() {
        return List.of(OwnKeyMismatch.KEY_MISMATCH);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        boolean fits = handshake.isClient()
                && handshake.hasRsaKeyExchange()
                && handshake.alertReceived()
                && handshake.result().endedBy(COULD_NOT_READ)
                && handshake.message(HandshakeType.CLIENT_KEY_EXCHANGE, true).isPresent()
                && handshake.message(HandshakeType.FINISHED, true).isPresent()
                && handshake.message(HandshakeType.FINISHED, false).isEmpty();
        return fits ? Optional.of(finding(handshake)) : Optional.empty();
    }

    private static Finding finding(Handshake handshake) {
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence("key exchange", "RSA (" + handshake.cipherSuite() + ")"));
        evidence.add(FailureEvidence.alert(handshake));
        evidence.add(FailureEvidence.stage(handshake));
        handshake
                .certificateMessage(false)
                .flatMap(message -> Certificates.leaf(message, false))
                .ifPresent(leaf -> {
                    evidence.add(new Evidence("certificate", Certificates.describe(leaf)));
                    evidence.add(
                            new Evidence("certificate's key SHA-256", Certificates.fingerprint(leaf.getPublicKey())));
                });
        evidence.add(new Evidence("what would decide", "the server's capture"));
        Finding finding = new Finding(
                OwnKeyMismatch.KEY_MISMATCH,
                Confidence.LIKELY,
                "The server could not read our Finished, as when its private key is not its certificate's: it cannot decrypt"
                        + " the pre-master and must not say so.",
                List.copyOf(evidence),
                List.of(
                        "Attach tlscope to the server, or compare there: openssl x509 -in CERT.pem -noout -pubkey | sha256sum"
                                + " with openssl pkey -in KEY.pem -pubout | sha256sum.",
                        "Try an ECDHE suite: a signature that does not verify then proves it from here."));
        String decides = "the server's capture";
        return finding.or(
                Candidate.possible(KeysDisagree.TRANSCRIPT_ALTERED, decides),
                Candidate.possible(RecordCorrupted.RECORD_CORRUPTED, decides));
    }
}
