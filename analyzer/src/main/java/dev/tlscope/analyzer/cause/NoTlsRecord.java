package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.Frames;
import dev.tlscope.analyzer.finding.Candidate;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.capture.Field;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * record-corrupted: from some byte on, the received data is not a TLS record (RFC 8446, 5.1), so that JSSE's record
 * layer rejected it before it read a message. The last message, which was accepted, is not involved.
 */
final class NoTlsRecord implements Cause {
    private static final int HEADER = 5;

    /** Texts of sun.security.ssl.SSLSocketInputRecord, SSLEngineInputRecord and SSLEngineImpl.readRecord. */
    private static final List<String> REFUSALS =
            List.of("Bad input record size", "Input record too big", "Unsupported or unrecognized SSL message");

    private static final Pattern LENGTH = Pattern.compile("(?:len|TLSCiphertext\\.length) = (\\d{1,9})");

    /** Texts of SSLEngineInputRecord.bytesInCompletePacket and ProtocolVersion for a version that TLS does not have. */
    private static final List<String> VERSIONS = List.of("Unrecognized record version", "Unsupported record version");

    @Override
    public List<CauseId> ids() {
        return List.of(RecordCorrupted.RECORD_CORRUPTED, EngineMisuse.ENGINE_MISUSE);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        if (!handshake.raised()) {
            return Optional.empty();
        }
        boolean refused = REFUSALS.stream().anyMatch(words -> FailureEvidence.said(handshake, words));
        boolean odd = VERSIONS.stream().anyMatch(words -> FailureEvidence.said(handshake, words));
        boolean outOfStep = handshake.isEngine()
                && handshake.messages().stream().anyMatch(message -> !message.sent())
                && (odd || (refused && isEstablished(handshake)));
        if (outOfStep) {
            return Optional.of(misuse(handshake));
        }
        return refused ? Optional.of(finding(handshake)) : Optional.empty();
    }

    private static boolean isEstablished(Handshake handshake) {
        return handshake.failure() != null && handshake.failure().flag(Field.NEGOTIATED);
    }

    /**
     * Records that the engine accepted, followed by bytes that are not a record header. TCP delivers what the peer
     * sent, so the bytes were lost, repeated or altered between the socket and the engine, unless the peer sends them
     * like that.
     */
    private static Finding misuse(Handshake handshake) {
        boolean zeros = FailureEvidence.said(handshake, "(D)TLS-0.0");
        return new Finding(
                        EngineMisuse.ENGINE_MISUSE,
                        Confidence.LIKELY,
                        zeros
                                ? "This side's application offers its SSLEngine zeros that no peer sent: bytes of its buffer behind those that it"
                                        + " had read."
                                : "After records that it took, this side's SSLEngine was offered bytes that do not begin a record: the application"
                                        + " loses, repeats or adds bytes between its socket and unwrap.",
                        FailureEvidence.with(
                                handshake,
                                new Evidence("taken before", "records up to " + handshake.last(false)),
                                Frames.application("engine called by", handshake)),
                        List.of(
                                zeros
                                        ? "After BUFFER_UNDERFLOW read more into the buffer, and offer what was read: flip it before"
                                                + " SSLEngine.unwrap, compact it afterwards."
                                        : "Keep what an unwrap leaves in the network buffer with compact: clear loses it, and rewind"
                                                + " passes it twice (SSLEngineResult.bytesConsumed).",
                                "Let one thread read and unwrap, or hold one lock around both."))
                .or(
                        Candidate.possible(
                                RecordCorrupted.RECORD_CORRUPTED,
                                "the bytes on the wire (tcpdump): whether the peer, or a device in between, sent them like that"));
    }

    private static Finding finding(Handshake handshake) {
        boolean nothing = handshake.firstReceived() == null;
        String what = "What came " + (nothing ? "first" : "after " + handshake.last(false));
        Finding finding = new Finding(
                RecordCorrupted.RECORD_CORRUPTED,
                Confidence.LIKELY,
                stated(handshake)
                        .map(length -> what + " states a record of " + length
                                + " bytes, more than any TLS record has (RFC 8446, 5.2): the stream of bytes is damaged, or is"
                                + " not TLS.")
                        .orElse(what
                                + " does not begin with the header of a TLS record: the stream of bytes is damaged, or is not"
                                + " TLS."),
                FailureEvidence.with(
                        handshake,
                        new Evidence("header of the last record captured", header(handshake.lastReceived())),
                        ConnectionLost.received(handshake)),
                List.of(
                        "Look at the bytes on the wire (tcpdump) from there on: lost or added ones shift every"
                                + " record that follows.",
                        "If the application drives an SSLEngine, check that it passes on each byte once and in order."));
        Candidate buffers =
                Candidate.possible(EngineMisuse.ENGINE_MISUSE, "whether the application loses or repeats bytes");
        Candidate plain = Candidate.possible(
                handshake.isClient() ? PlaintextPeer.PLAINTEXT_PEER : PlaintextPeer.PLAINTEXT_CLIENT,
                "whether the other side speaks TLS at all");
        Finding open = handshake.isEngine() ? finding.or(buffers) : finding;
        return nothing ? open.or(plain) : open;
    }

    /** The length in the header that JSSE rejected, from its text; an engine includes the header. */
    private static Optional<String> stated(Handshake handshake) {
        return FailureEvidence.innermost(handshake)
                .map(LENGTH::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1));
    }

    /**
     * Type, version and length (RFC 8446, 5.1); those of the record before if JSSE read no more than this one's header.
     */
    private static String header(byte @Nullable [] record) {
        return record == null ? "none" : HexFormat.of().formatHex(record, 0, Math.min(HEADER, record.length));
    }
}
