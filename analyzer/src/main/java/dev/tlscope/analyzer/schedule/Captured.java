package dev.tlscope.analyzer.schedule;

/**
 * A value that the JVM used, and the time of its capture.
 *
 * @param timeNanos when it was captured, nanoseconds since 1970-01-01T00:00:00Z
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Captured(byte[] bytes, long timeNanos) {}
