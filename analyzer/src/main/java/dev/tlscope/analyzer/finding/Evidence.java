package dev.tlscope.analyzer.finding;

import org.jspecify.annotations.Nullable;

/**
 * A captured fact that supports a finding.
 *
 * @param what name of the fact, in a few words
 * @param value the captured value
 */
public record Evidence(String what, String value) {
    private static final String NOT_CAPTURED = "not captured";

    /** An empty value would look like a fact: it only says that nobody knows it. */
    public Evidence {
        if (value.isBlank()) {
            value = "not known";
        }
    }

    /** A value that the capture may lack. */
    public static Evidence captured(String what, @Nullable String value) {
        return new Evidence(what, value == null ? NOT_CAPTURED : value);
    }
}
