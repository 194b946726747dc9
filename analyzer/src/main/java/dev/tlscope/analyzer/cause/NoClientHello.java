package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.Frames;
import dev.tlscope.analyzer.finding.Candidate;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import java.util.List;

/** peer-closed, connection-reset, handshake-timeout at a server whose client sent nothing: health checks, scans, plain clients that wait. */
final class NoClientHello {
    static final String WHO =
            "Find out which client it is by its address: a load balancer's or an orchestrator's health"
                    + " check, a monitor, a port scan.";

    private NoClientHello() {}

    /** The client closed, or reset the connection, before it sent a byte. */
    static Finding closed(Handshake handshake, boolean reset) {
        return new Finding(
                reset ? ConnectionLost.CONNECTION_RESET : ConnectionLost.PEER_CLOSED,
                Confidence.CERTAIN,
                client(handshake) + (reset ? " connected and reset the connection" : " connected and closed")
                        + " before it had sent a whole TLS record, as a TCP health check or a port scan does, which send nothing.",
                facts(handshake),
                List.of(
                        WHO,
                        "Such a probe does no harm. To keep it out of the captures, let it speak TLS (an HTTPS check), or point it to a"
                                + " port without TLS."));
    }

    /** The client kept the connection open and sent nothing, until this side timed out. */
    static Finding silent(Handshake handshake, Confidence confidence) {
        return new Finding(
                        ConnectionLost.HANDSHAKE_TIMEOUT,
                        confidence,
                        client(handshake)
                                + " connected and sent nothing until this side's timeout: a probe that keeps the connection, or a client"
                                + " without TLS that waits for the server's greeting.",
                        facts(handshake),
                        List.of(
                                "Find out which client it is by its address.",
                                "Where a client is meant to speak SMTP, IMAP, POP3, FTP, SSH or MySQL in plain text, the server speaks first:"
                                        + " turn TLS on in that client, or point it to the port without TLS."))
                .or(Candidate.possible(
                        PlaintextPeer.PLAINTEXT_CLIENT, "whether that client speaks TLS: it has sent nothing yet"));
    }

    private static String client(Handshake handshake) {
        return "A client" + (handshake.peer() == null ? "" : " " + handshake.peer());
    }

    private static List<Evidence> facts(Handshake handshake) {
        return FailureEvidence.with(
                handshake, ConnectionLost.received(handshake), Frames.application("waiting code", handshake));
    }
}
