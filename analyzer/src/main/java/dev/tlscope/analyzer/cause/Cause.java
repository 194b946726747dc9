package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import java.util.Optional;

/** One cause: decides from a failed handshake's evidence whether it is this. */
interface Cause {
    Optional<Finding> examine(Handshake handshake);
}
