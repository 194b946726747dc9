package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.Frames;
import dev.tlscope.analyzer.finding.Candidate;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import java.util.List;
import java.util.Optional;

/**
 * engine-misuse where a message is malformed since it ends in zeros, as a buffer does behind what was read into it: the
 * application's code met BUFFER_UNDERFLOW and offered its SSLEngine the whole buffer, so that what is wrong with the message says
 * nothing of the peer.
 */
final class ZerosOffered {
    /** No message of a handshake that is cut off ends in as many by chance. */
    private static final int LEAST = 24;

    private ZerosOffered() {}

    /** The finding for a message that cannot be decoded; empty where the reason is another one. */
    static Optional<Finding> of(Handshake handshake, byte[] malformed) {
        int zeros = zerosAtEnd(malformed);
        return handshake.isEngine() && zeros >= LEAST
                ? Optional.of(finding(handshake, malformed.length, zeros))
                : Optional.empty();
    }

    private static int zerosAtEnd(byte[] bytes) {
        int at = bytes.length;
        while (at > 0 && bytes[at - 1] == 0) {
            at--;
        }
        return bytes.length - at;
    }

    private static Finding finding(Handshake handshake, int length, int zeros) {
        return new Finding(
                        EngineMisuse.ENGINE_MISUSE,
                        Confidence.LIKELY,
                        "This side's application offers its SSLEngine zeros that no peer sent: the message that was refused ends in "
                                + zeros + " of them, as its buffer does behind what was read.",
                        FailureEvidence.with(
                                handshake,
                                new Evidence(
                                        "last message received",
                                        length + " bytes, of which the last " + zeros + " are zero"),
                                Frames.application("engine called by", handshake)),
                        List.of(
                                "After BUFFER_UNDERFLOW read more into the buffer, and offer what was read: flip it before"
                                        + " SSLEngine.unwrap, compact it afterwards.",
                                "Set no position and limit by hand: flip and compact keep them where the data ends"
                                        + " (SSLEngineResult.bytesConsumed)."))
                .or(Candidate.possible(
                        MalformedMessage.MALFORMED_MESSAGE,
                        "the bytes on the wire (tcpdump): whether the peer sent the zeros"));
    }
}
