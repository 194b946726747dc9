package dev.tlscope.analyzer.verdict;

import dev.tlscope.analyzer.cause.Causes;
import dev.tlscope.analyzer.compare.ConnectionPair;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Why handshakes failed, the same for all commands: explain, export, report, show and watch use this class, so that
 * they report the same cause for a connection. If the input contains both ends of a connection, they are compared.
 */
public final class Verdicts {
    private static final Logger LOG = LoggerFactory.getLogger(Verdicts.class);

    private final OtherEnds others;

    private Verdicts(OtherEnds others) {
        this.others = others;
    }

    /**
     * For handshakes of these captures.
     *
     * @param err receives a line if the captures are too large to compare both ends
     */
    public static Verdicts of(List<Path> captures, PrintWriter err) {
        return new Verdicts(OtherEnds.of(captures, err));
    }

    /** For handshakes whose other end is not known: each is explained from its own end only. */
    public static Verdicts ofOneEnd() {
        return new Verdicts(OtherEnds.none());
    }

    /** For handshakes that end one by one in a live JVM: the end that ends later is compared with the other one. */
    public static Verdicts live() {
        return new Verdicts(OtherEnds.recent(null));
    }

    /**
     * For handshakes that a live JVM has captured already, and those that still end: both ends of the former are
     * compared as by {@link #of(List, PrintWriter)}.
     */
    public static Verdicts live(List<Path> captures, PrintWriter err) {
        return new Verdicts(OtherEnds.recent(OtherEnds.of(captures, err)));
    }

    /** Why the handshake failed; null if it did not. */
    public @Nullable Finding of(Handshake handshake) {
        Handshake other = others.of(handshake);
        if (!handshake.failed()) {
            return null;
        }
        Finding finding = Causes.of(handshake, other);
        if (LOG.isDebugEnabled()) {
            LOG.debug(
                    "connection {} of {}, {}: {} ({}); candidates: {}; other end: {}",
                    handshake.connection(),
                    handshake.file(),
                    handshake.role(),
                    finding.cause().id(),
                    finding.confidence().name().toLowerCase(Locale.ROOT),
                    finding.candidates().stream()
                            .map(candidate -> candidate.cause().id())
                            .toList(),
                    other == null ? "not captured" : "connection " + other.connection() + " of " + other.file());
        }
        return finding;
    }

    /** Why a connection that both ends captured failed; null if it failed at neither. */
    public static @Nullable Finding of(ConnectionPair ends) {
        boolean atClient = ends.client().failed();
        Handshake failed = atClient ? ends.client() : ends.server();
        return failed.failed() ? Causes.of(failed, atClient ? ends.server() : ends.client()) : null;
    }
}
