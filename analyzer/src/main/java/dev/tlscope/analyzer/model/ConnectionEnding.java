package dev.tlscope.analyzer.model;

import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a connection ended whose handshake had completed, where it was not by close_notify. That is no failed handshake: JSSE raises
 * an alert for it, unexpected_message in a read (SSLSocketImpl.handleException), which says nothing of the peer.
 */
public enum ConnectionEnding {
    /** The peer ended its stream between two records, without close_notify (RFC 8446, 6.1). */
    CLOSED_WITHOUT_NOTIFY("closed without close_notify"),
    /** Reading or writing the transport threw: the peer or something in between reset the connection. */
    RESET("reset"),
    /** This side's application closed the transport, or ended its inbound side, before a close_notify was read. */
    CLOSED_HERE("closed by this side"),
    /** A read timed out. */
    TIMED_OUT("timed out");

    /** Messages of java.net.SocketException: of NioSocketImpl and PlainSocketImpl, and of a closed Socket. */
    public static final List<String> OWN_CLOSE = List.of("Socket closed", "Socket is closed", "Closed by interrupt");

    /** Where an SSLSocket reads a record's body: the end of the stream there cuts the record off (SSLSocketInputRecord). */
    private static final String IN_A_RECORD = ".decodeInputRecord(";

    private final String words;

    ConnectionEnding(String words) {
        this.words = words;
    }

    /** In words, such as {@code reset}. */
    public String words() {
        return words;
    }

    /** What a FAILURE event is an ending of; null when it is a failure: JSSE refused something, or data was cut off. */
    static @Nullable ConnectionEnding of(Event failure) {
        boolean established = failure.flag(Field.NEGOTIATED) && "established".equals(failure.text(Field.STAGE));
        return established && !failure.isReceived() ? ofEstablished(failure) : null;
    }

    private static @Nullable ConnectionEnding ofEstablished(Event failure) {
        if (isOwnClose(failure)) {
            return CLOSED_HERE;
        }
        if (Handshake.transportThrew(failure, "java.net.SocketTimeoutException")) {
            return TIMED_OUT;
        }
        if (Handshake.transportThrew(failure, "java.net.SocketException") || isBroken(failure)) {
            return RESET;
        }
        if (Handshake.streamEnded(failure)) {
            return cameThrough(failure, IN_A_RECORD) ? null : CLOSED_WITHOUT_NOTIFY;
        }
        return cameThrough(failure, ".closeInbound(") || cameThrough(failure, ".shutdownInput(") ? CLOSED_HERE : null;
    }

    private static boolean isOwnClose(Event failure) {
        return Handshake.transportThrew(failure, "java.nio.channels.ClosedByInterruptException")
                || Handshake.transportThrew(failure, "java.nio.channels.AsynchronousCloseException")
                || Handshake.transportThrew(failure, "java.nio.channels.ClosedChannelException")
                || (Handshake.transportThrew(failure, "java.net.SocketException")
                        && OWN_CLOSE.stream().anyMatch(words -> said(failure, words)));
    }

    /** What channels throw for it has no class of its own (sun.nio.ch.SocketDispatcher). */
    private static boolean isBroken(Event failure) {
        return Handshake.transportThrew(failure, "java.io.IOException")
                && (said(failure, "Connection reset") || said(failure, "Broken pipe"));
    }

    private static boolean said(Event failure, String words) {
        return failure.texts(Field.EXCEPTION).stream().anyMatch(link -> link.contains(words));
    }

    private static boolean cameThrough(Event failure, String method) {
        return failure.texts(Field.FRAME).stream().anyMatch(frame -> frame.contains(method));
    }
}
