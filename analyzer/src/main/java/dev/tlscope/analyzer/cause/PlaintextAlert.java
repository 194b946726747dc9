package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Message;
import dev.tlscope.tls.AlertDescription;
import dev.tlscope.tls.ContentType;
import java.util.List;
import java.util.Optional;

/** plaintext-alert: once TLS 1.3 encrypts, an alert came in plain text, and JSSE fails to decrypt it. */
final class PlaintextAlert implements Cause {
    private static final int ALERT_RECORD = 7; // header, level, description

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        byte[] last = handshake.lastReceived();
        boolean fits = handshake.raised()
                && handshake.isTls13()
                && handshake
                        .message(Message.SERVER_HELLO, !handshake.isClient())
                        .isPresent();
        return fits && last != null && last.length == ALERT_RECORD && last[0] == ContentType.ALERT
                ? Optional.of(finding(handshake, last))
                : Optional.empty();
    }

    private static Finding finding(Handshake handshake, byte[] record) {
        int description = record[6] & 0xff;
        String alert = AlertDescription.levelName(record[5] & 0xff) + " " + AlertDescription.nameOf(description);
        return new Finding(
                "plaintext-alert",
                Confidence.CERTAIN,
                "The peer sent the alert " + alert
                        + " in plain text and broke off; the decryption error is only how it shows.",
                Facts.with(
                        handshake,
                        new Evidence("peer's alert", alert),
                        new Evidence("which means", AlertMeaning.of(description))),
                List.of(
                        "Look for the reason at the peer: it failed before it had its keys, or its code threw in mid-handshake."));
    }
}
