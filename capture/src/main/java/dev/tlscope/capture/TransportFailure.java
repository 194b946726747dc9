package dev.tlscope.capture;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Finds in the exception chain and the stack of a FAILURE event whether the transport below TLS failed, and how. */
public final class TransportFailure {
    /**
     * Messages of java.net.SocketException for an own close, from NioSocketImpl, PlainSocketImpl and a closed Socket.
     */
    private static final List<String> OWN_CLOSE =
            Collections.unmodifiableList(Arrays.asList("Socket closed", "Socket is closed", "Closed by interrupt"));

    private TransportFailure() {}

    /**
     * True when the exception chain of the connection itself contains that class; exceptions of a connection that a
     * trust manager opened to check revocation do not count.
     */
    public static boolean threw(Event failure, String className) {
        for (String link : failure.texts(Field.EXCEPTION)) {
            if (isOf(link, className)) {
                return true;
            }
            if (link.startsWith("java.security.cert.") || link.startsWith("sun.security.validator.")) {
                return false; // the links after this one explain why a certificate was rejected
            }
        }
        return false;
    }

    /** True when a link of the exception chain is of that class. */
    public static boolean isOf(String link, String className) {
        int length = className.length();
        return link.startsWith(className) && (link.length() == length || link.charAt(length) == ':');
    }

    /**
     * True when the peer's stream ended while a record was read. A truncated certificate or name causes the same
     * exception, which does not concern the connection.
     */
    public static boolean streamEnded(Event failure) {
        if (cameThrough(failure, ".SSLSocketImpl.handleEOF(")) {
            return true; // between two records, which JSSE tells nobody
        }
        if (!threw(failure, "java.io.EOFException")) {
            return false;
        }
        for (String link : failure.texts(Field.EXCEPTION)) {
            if (link.endsWith("SSL peer shut down incorrectly")) {
                return true;
            }
        }
        return cameThrough(failure, "InputRecord.");
    }

    /**
     * True when another thread of this side closed the connection, or interrupted the thread that waited on its
     * channel.
     */
    public static boolean closedHere(Event failure) {
        if (threw(failure, "java.nio.channels.ClosedByInterruptException")
                || threw(failure, "java.nio.channels.AsynchronousCloseException")
                || threw(failure, "java.nio.channels.ClosedChannelException")) {
            return true;
        }
        if (!threw(failure, "java.net.SocketException")) {
            return false;
        }
        for (String words : OWN_CLOSE) {
            if (said(failure, words)) {
                return true;
            }
        }
        return false;
    }

    /**
     * True when a reset was detected. Channels throw a plain IOException for it (sun.nio.ch.SocketDispatcher), so the
     * message decides.
     */
    public static boolean wasReset(Event failure) {
        return threw(failure, "java.net.SocketException")
                || (threw(failure, "java.io.IOException")
                        && (said(failure, "Connection reset") || said(failure, "Broken pipe")));
    }

    /** True when the failure's stack has a frame that contains this text. */
    public static boolean cameThrough(Event failure, String name) {
        for (String frame : failure.texts(Field.FRAME)) {
            if (frame.contains(name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean said(Event failure, String words) {
        for (String link : failure.texts(Field.EXCEPTION)) {
            if (link.contains(words)) {
                return true;
            }
        }
        return false;
    }
}
