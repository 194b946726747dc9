package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.Frames;
import dev.tlscope.analyzer.finding.Candidate;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.tls.HandshakeType;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
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

    /** Header, legacy_version and random. */
    private static final int BEFORE_SESSION_ID = 4 + 2 + 32;

    /** Type and length. */
    private static final int EXTENSION_HEADER = 4;

    private ZerosOffered() {}

    /** The finding for a message that cannot be decoded; empty where the reason is another one. */
    static Optional<Finding> of(Handshake handshake, byte[] malformed) {
        int zeros = zerosAtEnd(malformed);
        return handshake.isEngine() && zeros >= LEAST && !isLastExtension(malformed, zeros)
                ? Optional.of(finding(handshake, malformed.length, zeros))
                : Optional.empty();
    }

    /**
     * True for a ClientHello whose zeros are the content of its last extension, and every length before them is right: that is what a
     * peer sends that fills an identity or a binder with zeros (RFC 8446, 4.2.11). Zeros that a buffer has instead of the peer's bytes
     * are read as lengths and types of further extensions.
     */
    private static boolean isLastExtension(byte[] message, int zeros) {
        if (message[0] != HandshakeType.CLIENT_HELLO.number()) {
            return false;
        }
        try {
            ByteBuffer hello = ByteBuffer.wrap(message);
            hello.position(BEFORE_SESSION_ID);
            skip(hello, hello.get() & 0xff);
            skip(hello, hello.getShort() & 0xffff);
            skip(hello, hello.get() & 0xff);
            int list = hello.getShort() & 0xffff;
            int last = hello.position();
            boolean exact = list == hello.remaining();
            while (hello.hasRemaining()) {
                last = hello.position() + EXTENSION_HEADER;
                hello.getShort();
                skip(hello, hello.getShort() & 0xffff);
            }
            return exact && last <= message.length - zeros;
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return false;
        }
    }

    private static void skip(ByteBuffer bytes, int count) {
        bytes.position(bytes.position() + count);
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
