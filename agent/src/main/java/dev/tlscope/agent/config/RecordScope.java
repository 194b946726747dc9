package dev.tlscope.agent.config;

import dev.tlscope.tls.ContentType;

/** Which wire records are captured: the values of the option {@code records}. */
public enum RecordScope {
    /**
     * Records until the handshake completes, and later alerts if they are recognizable as alerts on the wire or in the
     * stack.
     */
    HANDSHAKE,
    /** All records, application data included. */
    ALL,
    NONE;

    /** True for a record with that ContentType on the wire, whatever the state of its connection. */
    public boolean wants(byte contentType) {
        return this == ALL || (this == HANDSHAKE && contentType != ContentType.APPLICATION_DATA);
    }
}
