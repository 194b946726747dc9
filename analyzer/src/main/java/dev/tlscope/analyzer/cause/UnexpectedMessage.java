package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.model.Handshake;
import java.util.List;
import java.util.Optional;

/** unexpected-message, malformed-message: what came is not what the protocol allows here. */
final class UnexpectedMessage implements Cause {
    private static final int UNEXPECTED_MESSAGE = 10;
    private static final int DECODE_ERROR = 50;

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        if (handshake.raised(UNEXPECTED_MESSAGE)) {
            return Optional.of(finding(
                    handshake, "unexpected-message", "The peer sent a message that does not belong at this place."));
        }
        if (handshake.raised(DECODE_ERROR)) {
            return Optional.of(
                    finding(handshake, "malformed-message", "The peer sent a message that cannot be decoded."));
        }
        return Optional.empty();
    }

    private static Finding finding(Handshake handshake, String id, String summary) {
        return new Finding(
                id,
                Confidence.LIKELY,
                summary,
                Facts.with(handshake, new Evidence("last received", handshake.last(false))),
                List.of(
                        "Find out which TLS implementation the peer has, and its version: one of the two ends has a defect."));
    }
}
