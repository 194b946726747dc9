package dev.tlscope.analyzer.verdict;

import dev.tlscope.analyzer.cause.Causes;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why handshakes failed, for every command alike: a connection gets the same cause from explain, export, report, show and watch,
 * since all of them ask here. Where the input holds both ends of a connection, both are compared.
 */
public final class Verdicts {
    private final OtherEnds others;

    private Verdicts(OtherEnds others) {
        this.others = others;
    }

    /**
     * For handshakes of these captures.
     *
     * @param err gets a line when the captures are too large to compare both ends
     */
    public static Verdicts of(List<Path> captures, PrintWriter err) {
        return new Verdicts(OtherEnds.of(captures, err));
    }

    /** For handshakes of which no other end is known: each is judged by its own end alone. */
    public static Verdicts ofOneEnd() {
        return new Verdicts(OtherEnds.none());
    }

    /** For handshakes that end one by one in a live JVM: of two ends the one that ends later is compared with the other. */
    public static Verdicts live() {
        return new Verdicts(OtherEnds.recent());
    }

    /** Why it failed; null when it did not. */
    public @Nullable Finding of(Handshake handshake) {
        Handshake other = others.of(handshake);
        return handshake.failed() ? Causes.of(handshake, other) : null;
    }
}
