package dev.tlscope.analyzer.evidence;

import dev.tlscope.analyzer.model.ConnectionEnding;
import dev.tlscope.analyzer.model.Handshake;

/** Whether the transport below TLS failed, and whether this side closed it. */
public final class TransportLoss {
    private TransportLoss() {}

    /** True when it was the transport that failed; JDK 8 makes handshake_failure of that. */
    public static boolean connectionLost(Handshake handshake) {
        return handshake.broke()
                || handshake.engineEnding() != null
                || handshake.transportThrew("java.net.SocketTimeoutException")
                || handshake.streamEnded()
                || closedHere(handshake);
    }

    /** True when another thread of this side closed the connection, or interrupted the one that waited on its channel. */
    public static boolean closedHere(Handshake handshake) {
        boolean socket = handshake.transportThrew("java.net.SocketException")
                && ConnectionEnding.OWN_CLOSE.stream().anyMatch(words -> FailureEvidence.said(handshake, words));
        return socket
                || handshake.threw("java.nio.channels.ClosedByInterruptException")
                || handshake.threw("java.nio.channels.AsynchronousCloseException");
    }
}
