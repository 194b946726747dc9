package dev.tlscope.analyzer.finding;

import java.util.List;

/**
 * A cause of failed handshakes, with its entry in the catalogue. It is declared once, in the class that finds it, so
 * that a cause without an entry, or with a mistyped id, does not compile.
 */
public final class CauseId {
    private final String id;
    private final FixedBy fixedBy;
    private final String meaning;
    private final String decides;
    private final String fix;
    private final List<Reference> references;

    private CauseId(
            String id, FixedBy fixedBy, String meaning, String decides, String fix, List<Reference> references) {
        this.id = id;
        this.fixedBy = fixedBy;
        this.meaning = meaning;
        this.decides = decides;
        this.fix = fix;
        this.references = references;
    }

    /**
     * Declares a cause.
     *
     * @param id stable: scripts and JSON refer to it
     * @param fixedBy the side at which it is usually fixed, unless the first step of a fix names another
     * @param meaning what the cause is, in one sentence
     * @param decides the evidence that proves it
     * @param fix what to do, in a few words
     * @param references sections of RFCs, such as {@code RFC 8446, 6.2; RFC 5246, 7.2}
     */
    public static CauseId of(
            String id, FixedBy fixedBy, String meaning, String decides, String fix, String references) {
        return new CauseId(id, fixedBy, meaning, decides, fix, Reference.parse(references));
    }

    public String id() {
        return id;
    }

    public FixedBy fixedBy() {
        return fixedBy;
    }

    public String meaning() {
        return meaning;
    }

    public String decides() {
        return decides;
    }

    public String fix() {
        return fix;
    }

    public List<Reference> references() {
        return references;
    }

    @Override
    public String toString() {
        return id;
    }
}
