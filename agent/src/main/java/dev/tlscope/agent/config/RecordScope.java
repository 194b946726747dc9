package dev.tlscope.agent.config;

import dev.tlscope.tls.ContentType;

/** Which wire records are captured: the values of the option {@code records}. */
public enum RecordScope {
    /** Records until the handshake completes, and later alerts that the wire or the stack shows as alerts. */
    HANDSHAKE,
    /** All records, application data included. */
    ALL,
    NONE;

    /** True for a record of that ContentType as it shows on the wire, whatever the state of its connection. */
    public boolean wants(byte contentType) {
        return this == ALL || (this == HANDSHAKE && contentType != ContentType.APPLICATION_DATA);
    }
}
