package dev.tlscope.analyzer.cli;

import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import org.jspecify.annotations.Nullable;

/**
 * A handshake and the cause of its failure.
 *
 * @param finding null if it did not fail
 */
record Explained(Handshake handshake, @Nullable Finding finding) {}
