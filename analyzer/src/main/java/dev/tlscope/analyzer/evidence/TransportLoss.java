package dev.tlscope.analyzer.evidence;

import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.capture.TransportFailure;

/** Whether the transport below TLS failed, and whether this side closed it. */
public final class TransportLoss {
    private TransportLoss() {}

    /** True when the transport failed; JDK 8 raises handshake_failure for that. */
    public static boolean connectionLost(Handshake handshake) {
        return handshake.broke()
                || handshake.engineEnding() != null
                || handshake.result().transportThrew("java.net.SocketTimeoutException")
                || handshake.streamEnded()
                || closedHere(handshake);
    }

    /**
     * True when another thread of this side closed the connection, or interrupted the thread that waited on its
     * channel.
     */
    public static boolean closedHere(Handshake handshake) {
        return handshake.failure() != null && TransportFailure.closedHere(handshake.failure());
    }
}
