package dev.tlscope.agent.jsse;

/** Which wire records are taken: the option {@code records}. */
public enum RecordScope {
    /** Until the handshake completes, and alerts that show as such on the wire or in JSSE. */
    HANDSHAKE,
    /** All, application data included. */
    ALL,
    NONE
}
