package dev.tlscope.agent.status;

import dev.tlscope.agent.config.Option;

/** The keys of the agent's answers, in the order of {@code tlscope status}. Each value is a line {@code key=value}. */
public enum StatusKey {
    VERSION("version", "agent"),
    JDK("jdk", "JDK"),
    /** When the agent was attached, ISO 8601. */
    SINCE("since", "attached since"),
    /** The user of the attach client and its process, or how else it came into the JVM. */
    BY("by", "attached by"),
    OUT(Option.OUT, "captures go to"),
    SECRETS(Option.SECRETS, "secrets"),
    SEAL(Option.SEAL, "sealed for"),
    KEEP(Option.KEEP, "keep"),
    RECORDS(Option.RECORDS, "records"),
    /** For how long it captures, from the attach on. */
    FOR(Option.FOR, "for"),
    CONNECTIONS("connections", "connections"),
    HANDSHAKES("handshakes", "handshakes completed"),
    FAILED("failed", "failed"),
    /** Those of the failed that were only counted, because their kind was written a thousand times. */
    REPEATED("repeated", "only counted"),
    /** Connections that ended without close_notify after their handshake. */
    ENDED("ended", "ended without close_notify"),
    ALERTS_RECEIVED("alerts.received", "alerts received"),
    ALERTS_SENT("alerts.sent", "alerts sent"),
    /** Events for which the queue had no room, or which could not be written. */
    DROPPED("dropped", "events dropped"),
    /** Bytes written to all files, deleted ones included. */
    BYTES("bytes", "bytes written"),
    /** Capture files that were deleted for newer ones. */
    DELETED("deleted", "old files deleted"),
    /** The option, and what the lines go to. */
    LOG(Option.LOG, "log"),
    LOG_TARGET("log.target", "log lines go to"),
    LOG_LINES("log.lines", "lines logged"),
    /** Too many of one problem, refused by the log, or no room. */
    LOG_LEFT("log.left", "lines left out"),
    JMX(Option.JMX, "jmx"),
    /** Failures of the agent's own code. */
    ERRORS("errors", "internal errors"),
    /** Path of a capture file; one line per file. */
    FILE("file", "file"),
    /** A class with which the JVM does TLS, and how much of it is captured: {@link TlsClassLine}; one line per class. */
    TLS("tls", "TLS in this JVM"),
    /** Id and state of a hook; one line per hook. */
    HOOK("hook", "hooks"),
    /** One line per warning. */
    WARNING("warning", "warning");

    private final String key;
    private final String title;

    StatusKey(Option option, String title) {
        this(option.key(), title);
    }

    StatusKey(String key, String title) {
        this.key = key;
        this.title = title;
    }

    /** The key in the answer's lines. */
    public String key() {
        return key;
    }

    /** The title that the user sees. */
    public String title() {
        return title;
    }

    /** True when the answer has one line with this key, false when it may have any number. */
    public boolean isSingle() {
        return this != FILE && this != TLS && this != HOOK && this != WARNING;
    }

    /** True when the value counts something. */
    public boolean isNumber() {
        switch (this) {
            case CONNECTIONS:
            case HANDSHAKES:
            case ENDED:
            case FAILED:
            case REPEATED:
            case ALERTS_RECEIVED:
            case ALERTS_SENT:
            case DROPPED:
            case BYTES:
            case DELETED:
            case LOG_LINES:
            case LOG_LEFT:
            case ERRORS:
                return true;
            default:
                return false;
        }
    }

    /** The line for a value. */
    public String line(Object value) {
        return key + "=" + value;
    }

    /** True when the line has this key. */
    public boolean isKeyOf(String line) {
        return line.startsWith(key) && line.startsWith("=", key.length());
    }

    /** The value in a line that has this key. */
    public String valueIn(String line) {
        return line.substring(key.length() + 1);
    }
}
