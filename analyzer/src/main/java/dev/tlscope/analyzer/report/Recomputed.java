package dev.tlscope.analyzer.report;

import dev.tlscope.analyzer.verify.Verification;
import dev.tlscope.capture.EventType;

/** The result of recomputing a connection's key schedule and records. The page uses the codes. */
enum Recomputed {
    /** It has no details in the page, so it was not recomputed. */
    NOT_DONE(0),
    /** No secret was captured: only signatures could be checked, and those verify. */
    NO_SECRETS(1),
    /** Every captured value verifies. */
    VERIFIES(2),
    /** Nothing differs, but not everything could be checked. */
    IN_PART(3),
    /** A captured value differs from the one computed from its inputs. */
    DIFFERS(4);

    private final int code;

    Recomputed(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static Recomputed of(Verification verification) {
        if (verification.firstDifference().isPresent()) {
            return DIFFERS;
        }
        boolean secrets = verification.handshake().events().stream().anyMatch(e -> e.type() == EventType.SECRET);
        return !secrets ? NO_SECRETS : verification.isPartial() ? IN_PART : VERIFIES;
    }
}
