package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.OwnCertificateFaults;
import dev.tlscope.analyzer.finding.Candidate;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.FixedBy;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Message;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.AlertDescription;
import dev.tlscope.tls.HandshakeType;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * peer-refused-certificate: the peer's alert, or its closing, is about the certificate that we sent (RFC 8446, 6.2).
 */
final class PeerRefusedCertificate implements Cause {
    static final CauseId PEER_REFUSED_CERTIFICATE = CauseId.of(
            "peer-refused-certificate",
            FixedBy.EITHER,
            "The peer refused the certificate that this side sent.",
            "the peer's alert, or its close after our Certificate; what it could reject, computed from"
                    + " our own chain",
            "Change what is named as the likely reason; the peer's own capture names the exact one.",
            "RFC 8446, 6.2");

    /** General alerts that some implementations send about a certificate: Erlang 40, GnuTLS 80, others 71. */
    private static final AlertDescription[] VAGUE = {
        AlertDescription.HANDSHAKE_FAILURE, AlertDescription.INTERNAL_ERROR, AlertDescription.INSUFFICIENT_SECURITY
    };

    /** After a longer wait the peer may have closed because of a timeout. */
    private static final long PROMPT = 1_000_000_000L;

    /** A client writes as long as its buffers accept data before it detects that the server has closed. */
    private static final long WRITING = 10 * PROMPT;

    @Override
    public List<CauseId> ids() {
        return List.of(PEER_REFUSED_CERTIFICATE);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        List<X509Certificate> ours = handshake.certificates(true);
        if (ours.isEmpty()) {
            return Optional.empty();
        }
        if (handshake.result().receivedAboutCertificate()) {
            return Optional.of(finding(handshake, ours, Confidence.CERTAIN, told(handshake)));
        }
        OwnCertificateFaults faults = OwnCertificateFaults.of(handshake);
        if (handshake.received(VAGUE) && cameAfterIt(handshake)) {
            boolean known = !faults.grave().isEmpty();
            return known || handshake.isClient()
                    ? Optional.of(vague(handshake, ours, known ? Confidence.LIKELY : Confidence.POSSIBLE))
                    : Optional.empty();
        }
        // The peer's alert may be in the socket when our own write fails, and is then never read.
        boolean lost = ConnectionLost.mayHaveLostAlert(handshake) && cameAfterIt(handshake);
        return lost ? lost(handshake, ours, faults) : Optional.empty();
    }

    private static Optional<Finding> lost(
            Handshake handshake, List<X509Certificate> ours, OwnCertificateFaults faults) {
        boolean grave = !faults.grave().isEmpty();
        if (!grave && !wasPrompt(handshake)) {
            return Optional.empty();
        }
        Finding finding = finding(
                        handshake,
                        ours,
                        grave ? Confidence.LIKELY : Confidence.POSSIBLE,
                        "The " + handshake.peerRole()
                                + " closed the connection after our certificate, and no alert reached us.")
                .or(ConnectionLost.refusedProtection(handshake).toArray(new Candidate[0]));
        return Optional.of(
                grave
                        ? finding
                        : finding.or(Candidate.possible(
                                ConnectionLost.CONNECTION_RESET,
                                "the peer's capture: whether it sent an alert before it closed")));
    }

    private static Finding vague(Handshake handshake, List<X509Certificate> ours, Confidence confidence) {
        return finding(
                        handshake,
                        ours,
                        confidence,
                        "The " + handshake.peerRole() + " ended the handshake with "
                                + FailureEvidence.alertName(handshake) + " right after this " + handshake.role()
                                + "'s certificate.")
                .or(Candidate.possible(PeerAlert.PEER_ALERT, "the " + handshake.peerRole() + "'s log"));
    }

    /**
     * True when nothing arrived from the peer between our Certificate and the end that would show that it accepted it.
     */
    private static boolean cameAfterIt(Handshake handshake) {
        if (handshake.isClient()) {
            boolean established = handshake.completed() || isEstablished(handshake);
            return !established
                    || (isUnanswered(handshake)
                            && handshake.message(HandshakeType.KEY_UPDATE, true).isEmpty());
        }
        boolean answered = handshake.message(HandshakeType.FINISHED, false).isPresent()
                || handshake.message(HandshakeType.CLIENT_KEY_EXCHANGE, false).isPresent();
        return !handshake.completed() && !isEstablished(handshake) && !answered;
    }

    /** True for a TLS 1.3 client that received nothing but the alert under the application keys. */
    private static boolean isUnanswered(Handshake handshake) {
        return handshake.failedUnanswered()
                || (handshake.alertReceived()
                        && handshake.isTls13()
                        && handshake.failure() != null
                        && handshake.failure().number(Field.READ_SEQUENCE, -1) == 1);
    }

    private static boolean isEstablished(Handshake handshake) {
        return handshake.failure() != null && handshake.failure().flag(Field.NEGOTIATED);
    }

    /**
     * True when this side sent its certificate soon after the hello, so that the peer did not close because of a
     * timeout.
     */
    private static boolean wasPrompt(Handshake handshake) {
        Optional<Message> hello = handshake.message(
                handshake.isClient() ? HandshakeType.SERVER_HELLO : HandshakeType.CLIENT_HELLO, false);
        Optional<Message> ours = handshake.certificateMessage(true);
        return hello.isPresent()
                && ours.isPresent()
                && ours.get().timeNanos() - hello.get().timeNanos() < PROMPT
                && handshake.failureNanos() - ours.get().timeNanos() < (handshake.isClient() ? WRITING : PROMPT);
    }

    private static String told(Handshake handshake) {
        return "The " + handshake.peerRole() + " refused this " + handshake.role() + "'s certificate: "
                + FailureEvidence.alertName(handshake) + ".";
    }

    /** @param summary what happened */
    static Finding finding(
            Handshake handshake, List<X509Certificate> ours, Confidence confidence, String summary, Evidence... more) {
        List<Evidence> evidence = new ArrayList<>(OwnCertificate.facts(handshake, ours));
        evidence.addAll(Arrays.asList(more));
        return new Finding(
                PEER_REFUSED_CERTIFICATE,
                confidence,
                summary,
                FailureEvidence.with(handshake, evidence.toArray(new Evidence[0])),
                OwnCertificate.fix(handshake, ours));
    }
}
