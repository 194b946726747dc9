package dev.tlscope.analyzer.finding;

import java.nio.file.Path;

/**
 * A finding about the JVM, not about a handshake.
 *
 * @param file the capture
 * @param timeNanos when it was first seen, nanoseconds since 1970-01-01T00:00:00Z
 */
public record Warning(Path file, long timeNanos, Finding finding) {}
