package dev.tlscope.analyzer.schedule;

import java.util.List;
import java.util.Optional;

/** The key schedule of one negotiation, recomputed as far as its inputs were captured. */
public interface KeySchedule {
    /** Every value and proof, in the order in which they arise. */
    List<Check> checks();

    /** The keys that a side writes with; the first epoch of this negotiation is 1. Empty when not known. */
    Optional<WriteKeys> keys(boolean client, int epoch);

    static KeySchedule of(Negotiation negotiation) {
        return negotiation.isTls13() ? new Tls13Schedule(negotiation) : new Tls12Schedule(negotiation);
    }
}
