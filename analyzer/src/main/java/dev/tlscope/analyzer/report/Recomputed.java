package dev.tlscope.analyzer.report;

import dev.tlscope.analyzer.verify.Verification;
import dev.tlscope.capture.EventType;

/** What recomputing a connection's key schedule and records came to; the page knows these by their code. */
enum Recomputed {
    /** It has no details in the page, and was not recomputed. */
    NOT_DONE(0),
    /** No secret was captured: signatures alone could be checked, and verify where there are any. */
    NO_SECRETS(1),
    /** Everything captured is as it should be. */
    VERIFIES(2),
    /** Nothing differs, and not all could be checked. */
    IN_PART(3),
    /** Something is not what its own inputs give. */
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
