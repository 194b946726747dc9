package dev.tlscope.analyzer.finding;

/** How sure a finding is. */
public enum Confidence {
    /** The evidence excludes every other cause. */
    CERTAIN,
    /** The evidence fits, but something that was not captured would be needed to prove it. */
    LIKELY,
    /** One of several causes that fit. */
    POSSIBLE
}
