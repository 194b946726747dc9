package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.finding.Candidate;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * record-corrupted: from some byte on, what came is no TLS record (RFC 8446, 5.1), so that JSSE's record layer refused it before
 * any message was read. The last message, which was accepted, has nothing to do with it.
 */
final class NoTlsRecord implements Cause {
    private static final int HEADER = 5;

    /** Of sun.security.ssl.SSLSocketInputRecord, SSLEngineInputRecord, SSLEngineImpl.readRecord and TransportContext.dispatch. */
    private static final List<String> REFUSALS = List.of(
            "Bad input record size",
            "Input record too big",
            "Unexpected content:",
            "Unsupported or unrecognized SSL message");

    @Override
    public List<CauseId> ids() {
        return List.of(RecordCorrupted.RECORD_CORRUPTED);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        boolean refused =
                handshake.raised() && REFUSALS.stream().anyMatch(words -> FailureEvidence.said(handshake, words));
        return refused ? Optional.of(finding(handshake)) : Optional.empty();
    }

    private static Finding finding(Handshake handshake) {
        boolean nothing = handshake.firstReceived() == null;
        Finding finding = new Finding(
                RecordCorrupted.RECORD_CORRUPTED,
                Confidence.LIKELY,
                "What came " + (nothing ? "first" : "after " + handshake.last(false))
                        + " does not begin with the header of a TLS record: the stream of bytes is damaged, or no TLS.",
                FailureEvidence.with(
                        handshake,
                        new Evidence("header of the last record captured", header(handshake.lastReceived())),
                        ConnectionLost.received(handshake)),
                List.of(
                        "See the bytes on the wire (tcpdump) from there on: lost or added ones shift every record that follows.",
                        "If the application drives an SSLEngine, see that it hands on each byte once and in order."));
        Candidate buffers =
                Candidate.possible(EngineMisuse.ENGINE_MISUSE, "whether the application loses or repeats bytes");
        Candidate plain = Candidate.possible(
                handshake.isClient() ? PlaintextPeer.PLAINTEXT_PEER : PlaintextPeer.PLAINTEXT_CLIENT,
                "whether the other side speaks TLS at all");
        Finding open = handshake.isEngine() ? finding.or(buffers) : finding;
        return nothing ? open.or(plain) : open;
    }

    /** Type, version and length (RFC 8446, 5.1); of the record before, where JSSE read no further than this one's header. */
    private static String header(byte @Nullable [] record) {
        return record == null ? "none" : HexFormat.of().formatHex(record, 0, Math.min(HEADER, record.length));
    }
}
