package dev.tlscope.analyzer.finding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Why a handshake failed.
 *
 * @param cause the cause
 * @param summary one sentence
 * @param evidence the facts that support it, most important first
 * @param fix steps, in order
 * @param candidates other causes that the evidence does not exclude, most probable first; may be empty
 */
public record Finding(
        CauseId cause,
        Confidence confidence,
        String summary,
        List<Evidence> evidence,
        List<String> fix,
        List<Candidate> candidates) {
    private static final String SOURCE = "source";

    public Finding(CauseId cause, Confidence confidence, String summary, List<Evidence> evidence, List<String> fix) {
        this(cause, confidence, summary, evidence, fix, List.of());
    }

    /** This finding with more candidates. */
    public Finding or(Candidate... more) {
        List<Candidate> all = new ArrayList<>(candidates);
        all.addAll(Arrays.asList(more));
        return new Finding(cause, confidence, summary, evidence, fix, List.copyOf(all));
    }

    /** This finding, marked as one from the other end's capture. */
    public Finding reportedBy(String role) {
        List<Evidence> all = new ArrayList<>();
        all.add(new Evidence(SOURCE, "the " + role + "'s capture"));
        all.addAll(evidence);
        return new Finding(cause, confidence, "At the " + role + ": " + summary, List.copyOf(all), fix, candidates);
    }

    /** True when the finding comes from the other end's capture, so that "this side" in it is the other side. */
    public boolean isFromOtherEnd() {
        return !evidence.isEmpty() && evidence.get(0).what().equals(SOURCE);
    }

    /** The sections of RFCs about the cause. */
    public List<Reference> references() {
        return cause.references();
    }
}
