package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.finding.Actor;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.FixedBy;

/**
 * Who has to act on a finding: the side in the first step of the fix, or else the side at which the cause is usually
 * fixed.
 */
public final class Actors {
    private Actors() {}

    /**
     * Who has to act.
     *
     * @param isClient whether the captured side is the client
     */
    public static Actor of(Finding finding, boolean isClient) {
        if (finding.isFromOtherEnd()) {
            return side(finding).actor(!isClient).fromTheOtherSide();
        }
        return side(finding).actor(isClient);
    }

    private static FixedBy side(Finding finding) {
        String first = finding.fix().isEmpty() ? "" : finding.fix().get(0);
        if (first.startsWith("In this JVM,")) {
            return FixedBy.THIS_SIDE;
        }
        if (first.startsWith("On the peer,")) {
            return FixedBy.PEER;
        }
        if (first.startsWith("On the client,")) {
            return FixedBy.CLIENT;
        }
        return first.startsWith("On the server,")
                ? FixedBy.SERVER
                : finding.cause().fixedBy();
    }
}
