package dev.tlscope.analyzer.finding;

/**
 * Another cause that the evidence leaves open, after the first.
 *
 * @param cause what it would be
 * @param confidence never certain
 * @param decides what would decide, in half a sentence
 */
public record Candidate(CauseId cause, Confidence confidence, String decides) {
    public static Candidate possible(CauseId cause, String decides) {
        return new Candidate(cause, Confidence.POSSIBLE, decides);
    }
}
