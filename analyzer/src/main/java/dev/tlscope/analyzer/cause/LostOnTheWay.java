package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.compare.Comparison;
import dev.tlscope.analyzer.compare.LostMessage;
import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Times;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * handshake-timeout and other endings without an alert, with both ends' captures: the message that one end waited for
 * had left the other one. The cause stays that of a single capture.
 */
final class LostOnTheWay {
    private static final Set<CauseId> ENDS = Set.of(
            ConnectionLost.PEER_CLOSED,
            ConnectionLost.CONNECTION_RESET,
            ConnectionLost.HANDSHAKE_TIMEOUT,
            ConnectionLost.CLOSE_WITHOUT_NOTIFY);

    private static final String NETWORK =
            "Look at what lies between the two: a firewall or proxy that lets the hellos pass and"
                    + " stops what follows, or a path that drops long packets.";
    private static final String APPLICATION =
            "Check that the applications send all that their engines wrap, and unwrap all that they read.";
    private static final String DIFF = "tlscope diff with both captures shows which records came.";

    private LostOnTheWay() {}

    /**
     * The finding for one end.
     *
     * @param own the finding from that end's own capture, whose cause stays
     */
    static Optional<Finding> of(Finding own, Handshake handshake, Comparison comparison) {
        return ENDS.contains(own.cause())
                ? comparison
                        .lost(true)
                        .or(() -> comparison.lost(false))
                        .map(lost -> finding(own.cause(), handshake, lost, isByEngine(comparison)))
                : Optional.empty();
    }

    private static Finding finding(CauseId cause, Handshake handshake, LostMessage lost, boolean engine) {
        String sender = lost.byClient() ? "client" : "server";
        String receiver = lost.byClient() ? "server" : "client";
        return new Finding(
                cause,
                engine ? Confidence.LIKELY : Confidence.CERTAIN,
                "The " + sender + "'s " + lost.message() + " left it, and never came to the " + receiver
                        + ": it was lost on the way.",
                FailureEvidence.with(
                        handshake,
                        new Evidence("lost", lost.message() + ", sent by the " + sender + ", and what follows"),
                        new Evidence("sent", Times.duration(lost.answeredNanos()) + " after what it answers"),
                        new Evidence("the " + receiver + " waited", Times.duration(lost.waitedNanos()))),
                engine ? List.of(APPLICATION, NETWORK) : List.of(NETWORK, DIFF));
    }

    /** True when an SSLEngine is involved, whose application is between it and the network. */
    private static boolean isByEngine(Comparison comparison) {
        return comparison.ends().client().isEngine()
                || comparison.ends().server().isEngine();
    }
}
