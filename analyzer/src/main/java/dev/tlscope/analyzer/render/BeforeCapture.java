package dev.tlscope.analyzer.render;

import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.ResumedSession;
import dev.tlscope.analyzer.model.Times;
import java.util.ArrayList;
import java.util.List;

/**
 * Explains in a sentence each what happened on a connection before the agent was attached, and why data may be missing.
 */
final class BeforeCapture {
    private BeforeCapture() {}

    static List<String> of(Handshake handshake) {
        List<String> told = new ArrayList<>();
        if (handshake.joinedLate()) {
            told.add("joined late: it was open when tlscope was attached or began this file; what came before is"
                    + " not in it");
        }
        ResumedSession session = handshake.session();
        if (session != null && session.predatesCapture()) {
            told.add((session.resumed() ? "resumed a session of " : "offered a session of ")
                    + Times.readable(session.createdNanos())
                    + ", before tlscope was attached: its full handshake is not captured");
        }
        return told;
    }
}
