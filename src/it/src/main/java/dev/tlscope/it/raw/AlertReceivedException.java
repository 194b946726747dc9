package dev.tlscope.it.raw;

import java.io.IOException;

/** JSSE sent an alert, so that the script ends. */
final class AlertReceivedException extends IOException {
    private static final long serialVersionUID = 1L;

    AlertReceivedException(byte... alert) {
        super("alert " + (alert.length > 1 ? alert[1] & 0xff : -1));
    }
}
