package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.MessageFields;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.FixedBy;
import dev.tlscope.analyzer.message.DecodedMessage;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Message;
import dev.tlscope.analyzer.registry.HandshakeTypes;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.AlertDescription;
import dev.tlscope.tls.HandshakeType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** unexpected-message: this side's state does not accept the received message (RFC 8446, 4; RFC 5246, 7.3). */
final class UnexpectedMessage implements Cause {
    static final CauseId UNEXPECTED_MESSAGE = CauseId.of(
            "unexpected-message",
            FixedBy.PEER,
            "The peer sent a message that does not belong at this place.",
            "state, messages expected, message received",
            "Find the defect at the peer, or in what reorders in between.",
            "RFC 8446, 4; RFC 5246, 7.3");

    @Override
    public List<CauseId> ids() {
        return List.of(UNEXPECTED_MESSAGE);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        Event failure = handshake.failure();
        // JSSE raises this alert for any IOException of a read as well, so its text decides
        if (failure == null
                || !handshake.raised(AlertDescription.UNEXPECTED_MESSAGE)
                || !FailureEvidence.said(handshake, "nexpected")) {
            return Optional.empty();
        }
        List<Integer> expected = expected(failure);
        return MessageFields.of(handshake)
                .lastReceived()
                .filter(last -> expected.isEmpty()
                        || expected.contains(last.handshakeNumber())
                        || isOutOfPlace(handshake, last))
                .map(last -> finding(handshake, expected, last));
    }

    private static Finding finding(Handshake handshake, List<Integer> expected, DecodedMessage last) {
        boolean certain = isOutOfPlace(handshake, last);
        if (certain && handshake.isClient() && last.handshakeNumber() == HandshakeType.CLIENT_HELLO.number()) {
            return helloAtClient(handshake);
        }
        String received = last.name();
        String named = expected.isEmpty()
                ? "not captured"
                : String.join(
                        ", ", expected.stream().map(HandshakeTypes::nameOf).toList());
        return new Finding(
                UNEXPECTED_MESSAGE,
                certain ? Confidence.CERTAIN : Confidence.LIKELY,
                "The peer sent " + received + " at a place where it does not belong.",
                FailureEvidence.with(
                        handshake,
                        new Evidence("received", received),
                        new Evidence("expected", named),
                        new Evidence("state", "after " + handshake.last(true) + " of this " + handshake.role())),
                List.of(
                        "Find out which TLS implementation the peer has, and its version: one of the two ends has a defect.",
                        "A message that is missing in between may have been lost: compare with the peer's capture."));
    }

    /**
     * Two clients, or one that is connected to itself, because the kernel chose the destination port as the client's
     * own.
     */
    private static Finding helloAtClient(Handshake handshake) {
        Optional<Message> sent = handshake.message(HandshakeType.CLIENT_HELLO, true);
        Optional<Message> received = handshake.message(HandshakeType.CLIENT_HELLO, false);
        boolean own = sent.isPresent()
                && received.isPresent()
                && Arrays.equals(sent.get().bytes(), received.get().bytes());
        boolean self = own && handshake.local() != null && handshake.local().equals(handshake.peer());
        String address = String.valueOf(handshake.peer());
        return new Finding(
                UNEXPECTED_MESSAGE,
                Confidence.CERTAIN,
                self
                        ? "This client is connected to itself: it got its own ClientHello, and both ends of its socket are "
                                + address + "."
                        : own
                                ? "This client got its own ClientHello back: what it reached returns the bytes that it sends."
                                : "The peer sent a ClientHello to this client: both ends act as TLS clients.",
                FailureEvidence.with(
                        handshake,
                        new Evidence("received", own ? "the ClientHello that this client sent" : "another ClientHello"),
                        new Evidence("addresses", handshake.local() + " and " + handshake.peer())),
                self
                        ? List.of(
                                "Start the server: nobody listens on that port, and the kernel picked the same port for this client's own"
                                        + " end, which connects it to itself.",
                                "Choose a port outside the range of ephemeral ports (Linux: net.ipv4.ip_local_port_range, or reserve it with"
                                        + " net.ipv4.ip_local_reserved_ports).")
                        : own
                                ? List.of(
                                        "Check that host and port are those of a TLS service: an echo service or a loop answers"
                                                + " there.")
                                : List.of(
                                        "Have the end that accepts the connection act as the server: SSLEngine.setUseClientMode(false),"
                                                + " SSLSocket.setUseClientMode(false) on a socket that SSLSocketFactory.createSocket layered"
                                                + " over an accepted one."));
    }

    /**
     * True when JSSE had no consumer for a message of that type at the failure, and failed because of that; otherwise
     * it had consumed it.
     */
    static boolean isOutOfPlace(Handshake handshake, DecodedMessage message) {
        Event failure = handshake.failure();
        List<Integer> expected = failure == null ? List.of() : expected(failure);
        return !expected.isEmpty()
                && !expected.contains(message.handshakeNumber())
                && FailureEvidence.said(handshake, "Unexpected handshake message");
    }

    private static List<Integer> expected(Event failure) {
        return failure.numbers(Field.EXPECTED_MESSAGE).stream()
                .map(Long::intValue)
                .toList();
    }
}
