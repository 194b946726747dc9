package dev.tlscope.analyzer.finding;

/** How sure a finding is. */
public enum Confidence {
    /** The evidence leaves nothing else. */
    CERTAIN,
    /** It fits, and something that was not captured would decide. */
    LIKELY,
    /** One of several. */
    POSSIBLE
}
