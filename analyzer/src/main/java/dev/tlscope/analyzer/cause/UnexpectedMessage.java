package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.MessageFields;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.message.DecodedMessage;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.registry.HandshakeTypes;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.AlertDescription;
import java.util.List;
import java.util.Optional;

/** unexpected-message: what came is not what this side's state takes (RFC 8446, 4; RFC 5246, 7.3). */
final class UnexpectedMessage implements Cause {
    static final CauseId UNEXPECTED_MESSAGE = CauseId.of(
            "unexpected-message",
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
        // JSSE raises this alert for any IOException of a read as well: its own words decide
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

    /** True when JSSE had no consumer for a message of that type when it failed, and failed for that: else it had taken it before. */
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
