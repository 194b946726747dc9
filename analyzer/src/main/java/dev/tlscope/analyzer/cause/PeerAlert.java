package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.AlertMeaning;
import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.HelloSize;
import dev.tlscope.analyzer.evidence.KeyPairEvidence;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.FixedBy;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Message;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.AlertDescription;
import dev.tlscope.tls.ContentType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** peer-alert: the peer ended the handshake with an alert that nothing in the capture explains. */
final class PeerAlert implements Cause {
    static final CauseId PEER_ALERT = CauseId.of(
            "peer-alert",
            FixedBy.PEER,
            "The peer ended the handshake with an alert that nothing captured here explains.",
            "the alert, and the stage at which it came",
            "Look at the peer's side: its log or its capture.",
            "RFC 8446, 6.2");

    /** MongoDB Atlas sends this alert. */
    private static final String ACCESS =
            "Some hosted services answer any ClientHello with internal_error when the client's address"
                    + " is not on their access list, as MongoDB Atlas does: check whether this one is.";

    /** To a ClientHello, before any certificate, filters send it. */
    private static final String DENIED =
            "No certificate was shown yet, so that this is about who connects where: a filtering proxy or firewall in between, or the"
                    + " server's access list. Check whether connections must go through a proxy (-Dhttps.proxyHost, -Dhttps.proxyPort; each"
                    + " library has settings of its own), and whether its policy or log names this host.";

    @Override
    public List<CauseId> ids() {
        return List.of(PEER_ALERT);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        if (!handshake.alertReceived()) {
            return Optional.empty();
        }
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(FailureEvidence.alert(handshake));
        evidence.add(FailureEvidence.stage(handshake));
        handshake.keyPairs().stream()
                .filter(pair -> "no".equals(pair.text(Field.MATCH)))
                .findFirst()
                .ifPresent(pair -> evidence.addAll(KeyPairEvidence.of(pair)));
        String peer = handshake.peerRole();
        Optional<Integer> unknown = unregistered(handshake);
        unknown.ifPresent(number -> evidence.add(new Evidence("alert's number", number.toString())));
        boolean unanswered = UnansweredHello.is(handshake);
        HelloSize size = HelloSize.of(handshake);
        List<String> fix = new ArrayList<>();
        if (unanswered && handshake.received(AlertDescription.INTERNAL_ERROR)) {
            fix.add(ACCESS);
        }
        if (unanswered && handshake.received(AlertDescription.ACCESS_DENIED)) {
            fix.add(DENIED);
        }
        if (unanswered && size.isLarge()) {
            evidence.add(size.evidence());
            fix.addAll(size.fix());
        }
        fix.add(look(peer));
        Finding finding = new Finding(
                PEER_ALERT,
                Confidence.POSSIBLE,
                unknown.map(number -> "The " + peer + " ended the handshake with alert number " + number
                                + ", which no version of TLS defines.")
                        .orElse("The " + peer + " ended the handshake with " + FailureEvidence.alertName(handshake)
                                + ", which means: " + meaning(handshake, unanswered) + "."),
                List.copyOf(evidence),
                List.copyOf(fix));
        return Optional.of(UnansweredHello.explain(handshake, new Unanswered(handshake), finding));
    }

    private static String meaning(Handshake handshake, boolean unanswered) {
        return unanswered && handshake.received(AlertDescription.ACCESS_DENIED)
                ? "access is denied, before any certificate was shown"
                : AlertMeaning.of(handshake.alert());
    }

    private static String look(String peer) {
        return "Look at the " + peer + "'s side: its log, or tlscope attached to it, shows why it sent the alert.";
    }

    /** The number of the last alert if it is not registered: JSSE then reports unexpected_message. */
    private static Optional<Integer> unregistered(Handshake handshake) {
        Optional<Integer> last = Optional.empty();
        for (Message message : handshake.messages()) {
            byte[] alert = message.bytes();
            if (!message.sent() && message.contentType() == ContentType.ALERT && alert.length == 2) {
                last = Optional.of(alert[1] & 0xff);
            }
        }
        return last.filter(number -> AlertDescription.of(number) == null);
    }
}
