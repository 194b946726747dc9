package dev.tlscope.analyzer.finding;

/**
 * Another cause that the evidence leaves open, after the first.
 *
 * @param cause its id
 * @param confidence never certain
 * @param decides what would decide, in half a sentence
 */
public record Candidate(String cause, Confidence confidence, String decides) {
    public static Candidate possible(String cause, String decides) {
        return new Candidate(cause, Confidence.POSSIBLE, decides);
    }
}
