package dev.tlscope.analyzer.model;

import java.nio.file.Path;

/**
 * A connection's place in the captures.
 *
 * @param file the capture file
 * @param number its number within the JVM
 * @param timeNanos time of the first event, nanoseconds since 1970-01-01T00:00:00Z
 * @param joinedLate true when the agent was attached after the connection's handshake had begun
 */
public record CapturedConnection(Path file, long number, long timeNanos, boolean joinedLate) {}
