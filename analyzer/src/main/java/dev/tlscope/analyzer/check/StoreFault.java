package dev.tlscope.analyzer.check;

import java.util.List;

/**
 * A fault of an entry.
 *
 * @param id its kind, for programs
 * @param what one sentence
 * @param fix what to do; empty for a note
 */
public record StoreFault(String id, Severity severity, String what, List<String> fix) {
    /** How bad it is. */
    public enum Severity {
        /** Handshakes with it fail. */
        ERROR,
        /** Some peers refuse it, or it fails soon. */
        WARNING,
        /** Good to know. */
        NOTE
    }

    public StoreFault {
        fix = List.copyOf(fix);
    }

    /** For a store without entries, which JSSE takes for "trust nobody", or "no key". */
    public static StoreFault empty() {
        return error(
                "empty-store",
                "The store has no entry: as a trust store it trusts nobody (trustAnchors parameter must be non-empty).",
                "Name the store that was meant, or import what it lacks.");
    }

    static StoreFault error(String id, String what, String... fix) {
        return new StoreFault(id, Severity.ERROR, what, List.of(fix));
    }

    static StoreFault warning(String id, String what, String... fix) {
        return new StoreFault(id, Severity.WARNING, what, List.of(fix));
    }

    static StoreFault note(String id, String what, String... fix) {
        return new StoreFault(id, Severity.NOTE, what, List.of(fix));
    }
}
