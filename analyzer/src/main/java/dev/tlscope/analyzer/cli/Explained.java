package dev.tlscope.analyzer.cli;

import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import org.jspecify.annotations.Nullable;

/**
 * A handshake and why it failed.
 *
 * @param finding null when it did not fail
 */
record Explained(Handshake handshake, @Nullable Finding finding) {}
