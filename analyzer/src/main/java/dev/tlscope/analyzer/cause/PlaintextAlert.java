package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.AlertMeaning;
import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.FixedBy;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Times;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.AlertDescription;
import dev.tlscope.tls.ContentType;
import dev.tlscope.tls.HandshakeType;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** plaintext-alert: an alert arrived in plain text although keys were in use, and JSSE failed to decrypt it. */
final class PlaintextAlert implements Cause {
    static final CauseId PLAINTEXT_ALERT = CauseId.of(
            "plaintext-alert",
            FixedBy.PEER,
            "The peer sent its alert in plain text where an encrypted record was due.",
            "a record of type 21 with two bytes: level and description",
            "Look for the alert's own reason at the peer.",
            "RFC 8446, 5.1; RFC 8446, 6");

    private static final int ALERT_RECORD = 7; // header, level, description

    @Override
    public List<CauseId> ids() {
        return List.of(PLAINTEXT_ALERT, PeerRefusedCertificate.PEER_REFUSED_CERTIFICATE);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        return description(handshake).map(description -> finding(handshake, description));
    }

    /** The AlertDescription that the peer sent in plain text instead of a protected record. */
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

    /** Up to TLS 1.2: JSSE tried to decrypt the record. */
    private static boolean failedUnderKeys(Handshake handshake) {
        Event failure = handshake.failure();
        return failure != null && failure.number(Field.EPOCH, 0) > 0;
    }

    private static Finding finding(Handshake handshake, int description) {
        AlertDescription registered = AlertDescription.of(description);
        List<X509Certificate> ours = handshake.certificates(true);
        Evidence alert = new Evidence("peer's alert", AlertDescription.nameOf(description) + ", in plain text");
        if (registered != null && registered.isAboutCertificate() && !ours.isEmpty()) {
            // A client that rejects a certificate before it has changed its keys, such as OpenSSL's, sends the alert in
            // plain text.
            return PeerRefusedCertificate.finding(
                    handshake,
                    ours,
                    Confidence.CERTAIN,
                    "The " + handshake.peerRole() + " refused this " + handshake.role() + "'s certificate: "
                            + AlertDescription.nameOf(description)
                            + ", sent in plain text; the decryption error is only a consequence.",
                    alert);
        }
        return plain(handshake, registered, description, alert);
    }

    private static Finding plain(
            Handshake handshake, @Nullable AlertDescription registered, int description, Evidence alert) {
        String peer = handshake.peerRole();
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(alert);
        evidence.add(new Evidence("which means", AlertMeaning.of(description)));
        Optional<String> waited = waited(handshake);
        waited.ifPresent(time -> evidence.add(new Evidence("from the first message to the alert", time)));
        boolean gaveUp = registered == AlertDescription.USER_CANCELED || registered == AlertDescription.CLOSE_NOTIFY;
        return new Finding(
                PLAINTEXT_ALERT,
                Confidence.CERTAIN,
                "The " + peer + " sent the alert " + AlertDescription.nameOf(description)
                        + " in plain text and broke off; the decryption error is only a consequence.",
                FailureEvidence.with(handshake, evidence.toArray(new Evidence[0])),
                List.of(
                        gaveUp
                                ? "Look for why the " + peer + " gave up"
                                        + waited.map(time -> " after " + time).orElse("")
                                        + ": its call timed out or was cancelled before our answer reached it, so it had no keys yet;"
                                        + " find out what delays the answer on the way."
                                : "Look for the reason at the " + peer
                                        + ": it failed before it had its keys, or its code threw in the middle of the"
                                        + " handshake."));
    }

    private static Optional<String> waited(Handshake handshake) {
        return handshake.messages().stream()
                .findFirst()
                .map(first -> Times.span(Duration.ofNanos(Math.max(0, handshake.failureNanos() - first.timeNanos()))));
    }
}
