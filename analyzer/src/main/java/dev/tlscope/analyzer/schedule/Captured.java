package dev.tlscope.analyzer.schedule;

/**
 * A value as the JVM had it.
 *
 * @param timeNanos when it was captured, nanoseconds since 1970-01-01T00:00:00Z
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Captured(byte[] bytes, long timeNanos) {}
