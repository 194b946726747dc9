package dev.tlscope.agent.jsse;

import dev.tlscope.tls.ContentType;

/** Which wire records are taken: the option {@code records}. */
public enum RecordScope {
    /** Until the handshake completes, and alerts that show as such on the wire or in JSSE. */
    HANDSHAKE,
    /** All, application data included. */
    ALL,
    NONE;

    /** True for a record of that ContentType as it shows on the wire, whatever the state of its connection. */
    boolean wants(byte contentType) {
        return this == ALL || (this == HANDSHAKE && contentType != ContentType.APPLICATION_DATA);
    }
}
