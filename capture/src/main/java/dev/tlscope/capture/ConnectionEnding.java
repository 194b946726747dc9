package dev.tlscope.capture;

import org.jspecify.annotations.Nullable;

/**
 * How a connection ended after its handshake, if not by close_notify. Such an ending is no failed handshake. JSSE
 * raises an alert for it, in a read unexpected_message (SSLSocketImpl.handleException), which says nothing about the
 * peer. The agent uses this class to decide what it keeps, the analyzer to decide what it reports.
 */
public enum ConnectionEnding {
    /**
     * The stream ended between two records, without close_notify (RFC 8446, 6.1). An SSLEngine sees no stream: its
     * application reports the end by closeInbound.
     */
    CLOSED_WITHOUT_NOTIFY("closed without close_notify"),
    /** A read or write of the transport threw: the peer, or something in between, reset the connection. */
    RESET("reset"),
    /** This side's application closed the transport, or ended its inbound side, before a close_notify was read. */
    CLOSED_HERE("closed by this side"),
    /** A read timed out. */
    TIMED_OUT("timed out");

    /**
     * The method in which an SSLSocket reads a record's body: an end of stream there truncates the record
     * (SSLSocketInputRecord).
     */
    private static final String IN_A_RECORD = ".decodeInputRecord(";

    private final String words;

    ConnectionEnding(String words) {
        this.words = words;
    }

    /** The ending in words, such as {@code reset}. */
    public String words() {
        return words;
    }

    /**
     * The ending that a FAILURE event reports; null if it reports a failure: JSSE rejected something, or data was
     * truncated.
     *
     * <p>A TLS 1.3 client completes before the server has checked its certificate and Finished (RFC 8446, 4.4.2.4):
     * until the client receives something under the application keys, an ending that the server may have caused counts
     * as a failure.
     *
     * @param tls13Client whether this side is the client of a TLS 1.3 connection
     */
    public static @Nullable ConnectionEnding of(Event failure, boolean tls13Client) {
        boolean established = failure.flag(Field.NEGOTIATED) && "established".equals(failure.text(Field.STAGE));
        if (!established || failure.isReceived() || failure.has(Field.GIVEN_UP)) {
            return null;
        }
        ConnectionEnding ending = ofEstablished(failure);
        boolean unanswered = tls13Client && failure.number(Field.READ_SEQUENCE, -1) == 0;
        return unanswered && ending != CLOSED_HERE ? null : ending;
    }

    private static @Nullable ConnectionEnding ofEstablished(Event failure) {
        if (TransportFailure.closedHere(failure)) {
            return CLOSED_HERE;
        }
        if (TransportFailure.threw(failure, "java.net.SocketTimeoutException")) {
            return TIMED_OUT;
        }
        if (TransportFailure.wasReset(failure)) {
            return RESET;
        }
        if (TransportFailure.streamEnded(failure)) {
            return TransportFailure.cameThrough(failure, IN_A_RECORD) ? null : CLOSED_WITHOUT_NOTIFY;
        }
        if (TransportFailure.cameThrough(failure, ".SSLEngineImpl.closeInbound(")) {
            return CLOSED_WITHOUT_NOTIFY;
        }
        return TransportFailure.cameThrough(failure, ".SSLSocketImpl.shutdownInput(") ? CLOSED_HERE : null;
    }
}
