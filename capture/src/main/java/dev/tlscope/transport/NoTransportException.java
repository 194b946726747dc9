package dev.tlscope.transport;

import java.io.IOException;

/** No connection on which TLS could begin. The message is one line for the user: what happened, why, and the next step. */
public final class NoTransportException extends IOException {
    private static final long serialVersionUID = 1L;

    NoTransportException(String message) {
        super(message);
    }
}
