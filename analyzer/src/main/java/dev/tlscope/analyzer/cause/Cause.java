package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import java.util.List;
import java.util.Optional;

/** A cause, or some that the same evidence tells apart: decides from a failed handshake's evidence whether it is one of them. */
interface Cause {
    /** What it may find; the catalogue is made of these. */
    List<CauseId> ids();

    /** The finding; empty when the evidence does not show it. */
    Optional<Finding> examine(Handshake handshake);
}
