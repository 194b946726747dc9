package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import java.util.List;
import java.util.Optional;

/**
 * A cause, or several causes that the same evidence distinguishes: decides from a failed handshake's evidence whether
 * one of them applies.
 */
interface Cause {
    /** The causes that it may find; the catalogue consists of these. */
    List<CauseId> ids();

    /** The finding; empty when the evidence does not show it. */
    Optional<Finding> examine(Handshake handshake);
}
