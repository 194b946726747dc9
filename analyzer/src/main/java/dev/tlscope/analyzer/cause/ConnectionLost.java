package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.Frames;
import dev.tlscope.analyzer.evidence.HelloSize;
import dev.tlscope.analyzer.evidence.TcpProbe;
import dev.tlscope.analyzer.evidence.TransportLoss;
import dev.tlscope.analyzer.finding.Candidate;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.FixedBy;
import dev.tlscope.analyzer.model.EngineEnding;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.HandshakeType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** peer-closed, connection-reset, handshake-timeout, close-without-notify: the connection ended without an alert. */
final class ConnectionLost implements Cause {
    static final CauseId PEER_CLOSED = CauseId.of(
            "peer-closed",
            FixedBy.NETWORK,
            "The peer closed the connection in the handshake without an alert.",
            "what was received before the close, and the ClientHello's size; below an engine the end of its socket's stream",
            "Check that host and port are right; try another version and a shorter ClientHello.",
            "RFC 8446, 6.1");

    static final CauseId CONNECTION_RESET = CauseId.of(
            "connection-reset",
            FixedBy.NETWORK,
            "The connection was reset in the handshake.",
            "the stage, and which alert could have been lost at it; below an engine what its socket threw",
            "Capture at the peer; look at firewalls in between.",
            "RFC 8446, 6.2");

    static final CauseId HANDSHAKE_TIMEOUT = CauseId.of(
            "handshake-timeout",
            FixedBy.NETWORK,
            "The peer did not answer in time.",
            "the stage, what was received before, and for how long it waited; who closed an engine's socket; with both captures, whether the peer's answer was lost",
            "Check whether the peer is stuck or overloaded, and whether the port speaks TLS.",
            "RFC 8446, 4");

    static final CauseId CLOSE_WITHOUT_NOTIFY = CauseId.of(
            "close-without-notify",
            FixedBy.NETWORK,
            "The peer's stream ended in the middle of a record of an established connection: data is missing.",
            "end of the stream while a record was read; an end between two records is no failure, and is the connection's ending",
            "Look at the peer and at what lies between for what cut the stream off.",
            "RFC 8446, 6.1");

    /** The method in which an SSLSocket reads a record's body (SSLSocketInputRecord). */
    private static final String IN_A_RECORD = ".decodeInputRecord(";

    @Override
    public List<CauseId> ids() {
        return List.of(PEER_CLOSED, CONNECTION_RESET, HANDSHAKE_TIMEOUT, CLOSE_WITHOUT_NOTIFY, Internal.INTERNAL);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        if (!handshake.raised()) {
            return Optional.empty();
        }
        Unanswered why = new Unanswered(handshake);
        boolean established = handshake.failure() != null && handshake.failure().flag(Field.NEGOTIATED);
        if (TransportLoss.closedHere(handshake)) {
            return established ? Optional.empty() : Optional.of(closedHere(handshake));
        }
        boolean probe = TcpProbe.is(handshake);
        if (handshake.result().transportThrew("java.net.SocketTimeoutException")) {
            return established
                    ? Optional.empty()
                    : Optional.of(
                            probe ? NoClientHello.silent(handshake, Confidence.CERTAIN) : timeout(handshake, why));
        }
        if (probe && (handshake.broke() || handshake.streamEnded() || hasStreamEnded(handshake))) {
            return Optional.of(NoClientHello.closed(handshake, handshake.broke()));
        }
        if (handshake.broke()) {
            return established && !handshake.failedUnanswered()
                    ? Optional.empty()
                    : Optional.of(UnansweredHello.explain(handshake, why, reset(handshake, why)));
        }
        if (handshake.result().streamEndedInHandshake()) {
            return Optional.of(closed(handshake, why));
        }
        if (handshake.streamEnded()) {
            return Optional.of(
                    !established
                            ? UnansweredHello.explain(handshake, why, closed(handshake, why))
                            : handshake.cameThrough(IN_A_RECORD) ? cutOff(handshake) : closedUnanswered(handshake));
        }
        if (hasStreamEnded(handshake)) {
            return Optional.of(UnansweredHello.explain(handshake, why, closed(handshake, why)));
        }
        if (handshake.engineEnding() == EngineEnding.GIVEN_UP) {
            return Optional.of(new GivenUp(handshake).finding());
        }
        if (handshake.cameThrough(".closeInbound(") || handshake.cameThrough(".shutdownInput(")) {
            return Optional.of(InboundEnded.finding(handshake));
        }
        // sun.security.ssl.Alert.AlertConsumer raises unexpected_message for it
        return FailureEvidence.said(handshake, "Received close_notify during handshake")
                ? Optional.of(UnansweredHello.explain(handshake, why, announced(handshake)))
                : Optional.empty();
    }

    private static boolean hasStreamEnded(Handshake handshake) {
        return handshake.engineEnding() == EngineEnding.STREAM_ENDED;
    }

    /** True when the connection broke on this side, so that an alert of the peer may have arrived and was not read. */
    static boolean mayHaveLostAlert(Handshake handshake) {
        return handshake.raised() && handshake.broke() && !TransportLoss.closedHere(handshake);
    }

    private static Finding closedHere(Handshake handshake) {
        return new Finding(
                Internal.INTERNAL,
                Confidence.CERTAIN,
                "This side closed the connection itself, while it waited for the peer: by another thread, or by an interrupt.",
                FailureEvidence.with(handshake, received(handshake), Frames.application("waiting code", handshake)),
                List.of(
                        "Look for what closes the socket or interrupts the thread: a timeout of the application's, a cancelled"
                                + " task, a shutdown.",
                        "If it was a timeout, find out why the peer did not answer: this side's capture does not"
                                + " show it."));
    }

    private static Finding announced(Handshake handshake) {
        return new Finding(
                PEER_CLOSED,
                Confidence.CERTAIN,
                "The peer closed the connection in the handshake, with close_notify and no other alert.",
                FailureEvidence.with(handshake, new Evidence("peer's last alert", "close_notify"), hello(handshake)),
                List.of(
                        UnansweredHello.is(handshake)
                                ? "Look at the server's log at that time: it refused the ClientHello, or gave up before it read it."
                                : "Look at the peer's log at that time: it closed in an orderly way, as on a shutdown or at a"
                                        + " connection limit.",
                        "Check that host and port are those of the intended service."));
    }

    private static Finding closed(Handshake handshake, Unanswered why) {
        boolean nothing = handshake.firstReceived() == null;
        // JDK 25 reads the end of the stream from a socket that this side closed, after its capture has ended
        boolean endedBefore = handshake.transport() == null;
        List<String> fix = new ArrayList<>(why.fix());
        fix.add(
                nothing
                        ? "Check that host and port are those of a TLS service, and that no firewall closes by server"
                                + " name or version."
                        : "Look at the peer's log at that time: it gave up after our " + handshake.last(true) + ".");
        return new Finding(
                PEER_CLOSED,
                endedBefore ? Confidence.LIKELY : Confidence.CERTAIN,
                "The peer closed the connection "
                        + (nothing ? "before it had sent a whole TLS record" : "in the middle of the handshake") + ".",
                FailureEvidence.with(handshake, why.facts().toArray(new Evidence[0])),
                fix,
                endedBefore
                        ? List.of(Candidate.possible(
                                Internal.INTERNAL, "whether another thread of this side closed it first"))
                        : List.of());
    }

    private static Finding reset(Handshake handshake, Unanswered why) {
        List<Candidate> candidates = lostAlerts(handshake);
        List<Evidence> evidence = new ArrayList<>(why.facts());
        evidence.add(new Evidence("an alert lost here would be", lostAlert(handshake)));
        List<String> fix = new ArrayList<>(why.fix());
        long updates = keyUpdates(handshake);
        if (updates > 1) {
            evidence.add(new Evidence("KeyUpdates sent", updates + " in a row, without one of the peer's"));
            fix.add(
                    "Some peers end a connection after a few KeyUpdates. This JDK may send many in a row once jdk.tls.keyLimits"
                            + " is reached (JDK-8329548): update it, or raise that security property until then.");
        }
        fix.add("Capture at the peer, which shows the reason; or check for a firewall or load balancer in"
                + " between.");
        fix.add("An alert that came before the reset may still be in the socket, where only the application could read"
                + " it: tlscope does not touch its sockets.");
        return new Finding(
                CONNECTION_RESET,
                candidates.isEmpty() ? Confidence.CERTAIN : Confidence.LIKELY,
                handshake.failedUnanswered()
                        ? "The connection was reset after this client's Finished, before the server sent anything; its"
                                + " alert may have been lost."
                        : "The connection was reset in the handshake; an alert of the peer may have been lost with it.",
                FailureEvidence.with(handshake, evidence.toArray(new Evidence[0])),
                fix,
                candidates);
    }

    /** How many KeyUpdates this side sent, if the peer sent none. */
    private static long keyUpdates(Handshake handshake) {
        boolean answered = handshake.message(HandshakeType.KEY_UPDATE, false).isPresent();
        return answered
                ? 0
                : handshake.messages().stream()
                        .filter(message -> message.sent() && message.is(HandshakeType.KEY_UPDATE))
                        .count();
    }

    /** Causes whose alert this side would not have read at this stage. */
    private static List<Candidate> lostAlerts(Handshake handshake) {
        List<Candidate> candidates = new ArrayList<>();
        boolean empty = handshake.hasEmptyCertificate(true);
        if (empty) {
            candidates.add(Candidate.possible(
                    ClientCertificateMissing.CLIENT_CERTIFICATE_MISSING,
                    "the peer's capture has bad_certificate or certificate_required"));
        }
        if (handshake.firstReceived() == null && handshake.isClient()) {
            candidates.add(Candidate.possible(
                    NoCommonProtocol.NO_COMMON_PROTOCOL,
                    "the peer's capture has protocol_version; a firewall may reset for it, too"));
            candidates.add(Candidate.possible(
                    NoCommonCipherSuite.NO_COMMON_CIPHER_SUITE, "the peer's capture has handshake_failure"));
        }
        if (!handshake.certificates(true).isEmpty()) {
            candidates.add(Candidate.possible(
                    PeerRefusedCertificate.PEER_REFUSED_CERTIFICATE,
                    "the peer's capture has an alert about our certificate"));
        }
        if (isUnanswered(handshake)
                && handshake.message(HandshakeType.FINISHED, true).isPresent()) {
            candidates.add(Candidate.possible(
                    OwnKeyMismatch.KEY_MISMATCH, "the peer's capture has bad_record_mac or decrypt_error"));
        }
        candidates.addAll(refusedProtection(handshake));
        return candidates;
    }

    /**
     * Causes because of which the peer may have rejected what we sent under new keys, if we received nothing under its
     * new keys.
     */
    static List<Candidate> refusedProtection(Handshake handshake) {
        boolean encrypted = handshake.message(HandshakeType.FINISHED, true).isPresent()
                || handshake.message(HandshakeType.ENCRYPTED_EXTENSIONS, true).isPresent();
        return encrypted && isUnanswered(handshake)
                ? List.of(
                        Candidate.possible(
                                KeysDisagree.TRANSCRIPT_ALTERED,
                                "both ends' captures: a handshake message arrived otherwise"),
                        Candidate.possible(KeysDisagree.SECRETS_DIVERGED, "both ends' captures with secrets=on"))
                : List.of();
    }

    private static boolean isUnanswered(Handshake handshake) {
        return handshake.message(HandshakeType.FINISHED, false).isEmpty() || handshake.failedUnanswered();
    }

    /** What the peer checks at this stage: the hello, our certificate, or our Finished. */
    private static String lostAlert(Handshake handshake) {
        if (handshake.firstReceived() == null) {
            return "handshake_failure or protocol_version";
        }
        String keys = "bad_record_mac or decrypt_error (key-mismatch, a damaged record, diverged secrets)";
        return handshake.certificates(true).isEmpty()
                ? keys
                : "one about our certificate (peer-refused-certificate), or " + keys;
    }

    private static Finding timeout(Handshake handshake, Unanswered why) {
        Optional<String> cut = why.cutFlight();
        return new Finding(
                HANDSHAKE_TIMEOUT,
                Confidence.CERTAIN,
                cut.map(last -> "The server's answer stopped after its " + last + ": the rest did not come in time.")
                        .orElseGet(() -> "The peer did not answer in time after our " + handshake.last(true) + "."),
                FailureEvidence.with(handshake, why.facts().toArray(new Evidence[0])),
                why.fixOfTimeout());
    }

    /** Between two records, an end of stream is the connection's ending and not a failure. */
    private static Finding cutOff(Handshake handshake) {
        return new Finding(
                CLOSE_WITHOUT_NOTIFY,
                Confidence.CERTAIN,
                "The peer's stream ended in the middle of a record, without close_notify (RFC 8446, 6.1): data is missing.",
                FailureEvidence.with(handshake),
                List.of(
                        "Look at the peer's log at that time, and for a proxy or a limit in between that cuts connections off.",
                        "Do not use what was received last: it is not complete, and an attacker can cut a stream off as well."));
    }

    /**
     * A TLS 1.3 client whose server closed before it sent anything: between two records, so that no data is missing.
     */
    static Finding closedUnanswered(Handshake handshake) {
        return new Finding(
                        PEER_CLOSED,
                        Confidence.LIKELY,
                        "The server closed the connection after this client's Finished, without an alert and before it sent anything:"
                                + " it may have refused what the client sent last.",
                        FailureEvidence.with(handshake, received(handshake)),
                        List.of(
                                "Look at the server's log at that time: it checks this client's certificate and Finished"
                                        + " after the client has completed (RFC 8446, 4.4.2.4).",
                                "A server that is shut down, or that limits its connections, closes in the same way."))
                .or(lostAlerts(handshake).toArray(new Candidate[0]));
    }

    /** What arrived. Neither JSSE nor the capture shows the bytes of a record that was cut off. */
    static Evidence received(Handshake handshake) {
        if (handshake.firstReceived() != null) {
            return new Evidence("received before", "up to " + handshake.last(false));
        }
        boolean begun = handshake.frames().stream().anyMatch(frame -> frame.contains(IN_A_RECORD));
        return new Evidence(
                "received before",
                begun ? "the header of a TLS record, and not the whole record" : "no whole TLS record");
    }

    static Evidence hello(Handshake handshake) {
        return HelloSize.of(handshake).evidence();
    }
}
