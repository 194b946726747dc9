package dev.tlscope.analyzer.finding;

/**
 * Another cause that the evidence does not exclude.
 *
 * @param cause the other cause
 * @param confidence never certain
 * @param decides evidence that would decide, in half a sentence
 */
public record Candidate(CauseId cause, Confidence confidence, String decides) {
    public static Candidate possible(CauseId cause, String decides) {
        return new Candidate(cause, Confidence.POSSIBLE, decides);
    }
}
