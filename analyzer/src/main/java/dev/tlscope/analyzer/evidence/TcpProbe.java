package dev.tlscope.analyzer.evidence;

import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Message;

/** A client that connected to a server and sent it nothing: what a TCP health check or a port scan does. */
public final class TcpProbe {
    private TcpProbe() {}

    /** True at a server that failed without a byte of its client's. Its side must be captured: a role is a guess without messages. */
    public static boolean is(Handshake handshake) {
        return handshake.raised()
                && handshake.transport() != null
                && !handshake.isClient()
                && handshake.firstReceived() == null
                && handshake.messages().stream().allMatch(Message::sent)
                && !handshake.joinedLate();
    }
}
