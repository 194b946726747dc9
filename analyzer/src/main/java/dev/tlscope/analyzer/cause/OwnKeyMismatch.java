package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.KeyPairEvidence;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.FixedBy;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.AlertDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * key-mismatch, seen from the side that has the pair: the key manager returned a private key that does not belong to
 * the certificate. With RSA key exchange the server then continues with a random pre-master (RFC 5246, 7.4.7.1).
 */
final class OwnKeyMismatch implements Cause {
    static final CauseId KEY_MISMATCH = CauseId.of(
            "key-mismatch",
            FixedBy.THIS_SIDE,
            "A private key is not the one of the certificate that is presented with it.",
            "the key manager's pair, compared when it is first used; from the other side, the signature"
                    + " recomputed from the captured messages",
            "Install the certificate with its own private key; compare the SHA-256 of both public keys"
                    + " before you deploy.",
            "RFC 5246, 7.4.7.1; RFC 8446, 4.4.3");

    /** The method that throws if the decryption itself fails; it hides a wrong padding. */
    private static final String PREMASTER_DECODE = "RSAKeyExchange$RSAPremasterSecret.decode(";

    @Override
    public List<CauseId> ids() {
        return List.of(KEY_MISMATCH);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        if (handshake.result().receivedAboutCertificate() || isAboutSomethingElse(handshake)) {
            return Optional.empty();
        }
        return handshake.keyPairs().stream()
                .filter(pair -> "no".equals(pair.text(Field.MATCH)))
                .findFirst()
                .map(pair -> finding(handshake, pair));
    }

    /** True for an alert in plain text that names another reason: the certificate, or that the peer gave up. */
    private static boolean isAboutSomethingElse(Handshake handshake) {
        return PlaintextAlert.description(handshake)
                .map(AlertDescription::of)
                .filter(alert -> alert.isAboutCertificate()
                        || alert == AlertDescription.USER_CANCELED
                        || alert == AlertDescription.CLOSE_NOTIFY)
                .isPresent();
    }

    private static Optional<String> premaster(Handshake handshake) {
        Event premaster = handshake.capturedEvents().premaster();
        if (premaster != null && premaster.flag(Field.REPLACED)) {
            return Optional.of(premaster.text(Field.REASON)
                    + "; JSSE continued with a random one and reported nothing (RFC 5246, 7.4.7.1)");
        }
        // The other key's modulus is often smaller, and then some ciphertexts are larger than it (RFC 8017, 5.1.2).
        return handshake.cameThrough(PREMASTER_DECODE)
                ? Optional.of(
                        "not decrypted: it was encrypted for another key, as its number is out of this one's range")
                : Optional.empty();
    }

    /** The finding for a pair that a key manager returned for the first time, whether the handshake failed or not. */
    static Finding firstUse(Event pair) {
        return finding("The", pair, KeyPairEvidence.of(pair));
    }

    private static Finding finding(Handshake handshake, Event pair) {
        List<Evidence> evidence = new ArrayList<>(KeyPairEvidence.of(pair));
        premaster(handshake).ifPresent(outcome -> evidence.add(new Evidence("RSA pre-master", outcome)));
        PlaintextAlert.description(handshake)
                .ifPresent(alert ->
                        evidence.add(new Evidence("peer's alert", AlertDescription.nameOf(alert) + ", in plain text")));
        evidence.add(FailureEvidence.alert(handshake));
        evidence.add(FailureEvidence.stage(handshake));
        return finding("This " + handshake.role() + "'s", pair, evidence);
    }

    private static Finding finding(String whose, Event pair, List<Evidence> evidence) {
        String alias = pair.text(Field.ALIAS);
        String subject = KeyPairEvidence.leaf(pair)
                .map(leaf -> leaf.getSubjectX500Principal().getName())
                .orElse("");
        return new Finding(
                KEY_MISMATCH,
                Confidence.CERTAIN,
                whose + " private key" + (alias == null ? "" : " (alias " + alias + ")")
                        + " does not belong to its certificate " + subject + ".",
                List.copyOf(evidence),
                List.of(
                        "Put the key that the certificate was issued for back under "
                                + (alias == null ? "that entry" : "alias " + alias)
                                + ", or have a certificate issued for the key that is there.",
                        "Compare before you deploy: openssl x509 -in CERT.pem -noout -pubkey | sha256sum, and openssl pkey"
                                + " -in KEY.pem -pubout | sha256sum, must be equal."));
    }
}
