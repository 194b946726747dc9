package dev.tlscope.analyzer.problem;

import dev.tlscope.analyzer.finding.Confidence;
import java.nio.file.Path;

/**
 * A connection that failed because of a problem.
 *
 * @param timeNanos when it failed, nanoseconds since 1970-01-01T00:00:00Z
 * @param peer as {@link Parties#peer} names it
 */
public record Occurrence(Path file, long connection, long timeNanos, String peer, Confidence confidence) {}
