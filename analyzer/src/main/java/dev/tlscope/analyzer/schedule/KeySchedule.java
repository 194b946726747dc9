package dev.tlscope.analyzer.schedule;

import java.util.List;
import java.util.Optional;

/** The key schedule of one negotiation, recomputed as far as its inputs were captured. */
public interface KeySchedule {
    /** All values and proofs, in the order of derivation. */
    List<Check> checks();

    /** The write keys of a side; epoch 1 is the first of this negotiation. Empty when not known. */
    Optional<WriteKeys> keys(boolean client, int epoch);

    static KeySchedule of(Negotiation negotiation) {
        return negotiation.isTls13() ? new Tls13Schedule(negotiation) : new Tls12Schedule(negotiation);
    }
}
