package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.Frames;
import dev.tlscope.analyzer.evidence.TcpProbe;
import dev.tlscope.analyzer.finding.Candidate;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import java.util.List;

/**
 * peer-closed over an SSLEngine: the application called closeInbound (on a socket shutdownInput), and an engine cannot
 * know why. Most applications do so at the end of the stream, some after their own timeout.
 */
final class InboundEnded {
    private InboundEnded() {}

    static Finding finding(Handshake handshake) {
        if (handshake.failedUnanswered()) {
            return ConnectionLost.closedUnanswered(handshake)
                    .or(Candidate.possible(
                            ConnectionLost.HANDSHAKE_TIMEOUT, "whether the application's own timeout ran out"));
        }
        Evidence caller = Frames.application("ended by", handshake);
        boolean nothing = handshake.firstReceived() == null;
        Finding finding = new Finding(
                        ConnectionLost.PEER_CLOSED,
                        Confidence.LIKELY,
                        "The application ended the inbound side before a close_notify, "
                                + (nothing ? "with no whole TLS record received" : "in the middle of the handshake")
                                + ": most often since the peer closed the connection"
                                + (TcpProbe.is(handshake) ? ", as a TCP health check or a port scan does." : "."),
                        FailureEvidence.with(
                                handshake, ConnectionLost.received(handshake), ConnectionLost.hello(handshake), caller),
                        List.of(
                                "Read the application's own exception: it shows whether the peer closed the connection or a"
                                        + " timeout expired.",
                                TcpProbe.is(handshake)
                                        ? NoClientHello.WHO
                                        : nothing
                                                ? "Check that host and port are those of a TLS service, and that no firewall closes by server"
                                                        + " name, version or a ClientHello of over 1,400 bytes."
                                                : "Look at the peer's log at that time: the last of ours was "
                                                        + handshake.last(true) + "."))
                .or(
                        Candidate.possible(
                                ConnectionLost.HANDSHAKE_TIMEOUT, "whether the application's own timeout ran out"),
                        Candidate.possible(ConnectionLost.CONNECTION_RESET, "whether its socket threw"));
        return nothing
                ? finding.or(Candidate.possible(
                        handshake.isClient() ? PlaintextPeer.PLAINTEXT_PEER : PlaintextPeer.PLAINTEXT_CLIENT,
                        "whether the application withheld bytes that were not TLS from the engine"))
                : finding;
    }
}
