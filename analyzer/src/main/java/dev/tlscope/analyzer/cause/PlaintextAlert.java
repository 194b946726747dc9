package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.AlertMeaning;
import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.finding.Candidate;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.AlertDescription;
import dev.tlscope.tls.ContentType;
import dev.tlscope.tls.HandshakeType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** plaintext-alert: once keys are in force, an alert came in plain text, and JSSE fails to decrypt it. */
final class PlaintextAlert implements Cause {
    static final CauseId PLAINTEXT_ALERT = CauseId.of(
            "plaintext-alert",
            "The peer sent its alert in plain text where an encrypted record was due.",
            "a record of type 21 with two bytes: level and description",
            "Look for the alert's own reason at the peer.",
            "RFC 8446, 5.1; RFC 8446, 6");

    private static final int ALERT_RECORD = 7; // header, level, description

    @Override
    public List<CauseId> ids() {
        return List.of(PLAINTEXT_ALERT);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        return description(handshake).map(description -> finding(handshake, description));
    }

    /** The AlertDescription that the peer sent in plain text where a protected record was due. */
    static Optional<Integer> description(Handshake handshake) {
        byte[] last = handshake.lastReceived();
        boolean fits = handshake.raised() && (isEncrypting(handshake) || failedUnderKeys(handshake));
        return fits && last != null && last.length == ALERT_RECORD && last[0] == ContentType.ALERT
                ? Optional.of(last[6] & 0xff)
                : Optional.empty();
    }

    /** TLS 1.3 encrypts from the ServerHello on (RFC 8446, 2). */
    private static boolean isEncrypting(Handshake handshake) {
        return handshake.isTls13()
                && handshake
                        .message(HandshakeType.SERVER_HELLO, !handshake.isClient())
                        .isPresent();
    }

    /** Up to TLS 1.2: JSSE tried to take a protection off. */
    private static boolean failedUnderKeys(Handshake handshake) {
        Event failure = handshake.failure();
        return failure != null && failure.number(Field.EPOCH, 0) > 0;
    }

    private static Finding finding(Handshake handshake, int description) {
        String alert = AlertDescription.nameOf(description);
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence("peer's alert", alert));
        evidence.add(new Evidence("which means", AlertMeaning.of(description)));
        // A client that refuses a certificate before it has changed its keys, as OpenSSL's does, says so in plain text.
        AlertDescription registered = AlertDescription.of(description);
        Optional<Evidence> refused = registered != null && registered.isAboutCertificate()
                ? PeerRefusedCertificate.likelyReason(handshake)
                : Optional.empty();
        refused.ifPresent(evidence::add);
        Finding finding = new Finding(
                PLAINTEXT_ALERT,
                Confidence.CERTAIN,
                "The peer sent the alert " + alert
                        + " in plain text and broke off; the decryption error is only how it shows.",
                FailureEvidence.with(handshake, evidence.toArray(new Evidence[0])),
                List.of(
                        "Look for the reason at the peer: it failed before it had its keys, or its code threw in mid-handshake."));
        return refused.isPresent()
                ? finding.or(new Candidate(
                        PeerRefusedCertificate.PEER_REFUSED_CERTIFICATE,
                        Confidence.LIKELY,
                        "the peer's log: what it has against our certificate"))
                : finding;
    }
}
