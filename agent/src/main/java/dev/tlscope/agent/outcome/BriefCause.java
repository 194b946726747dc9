package dev.tlscope.agent.outcome;

/** Why a handshake failed, as far as it is known without analysis. The ids are those of {@code tlscope causes}. */
final class BriefCause {
    /** Id of the cause when it is proven, else the alert's name or the exception's class. */
    final String type;

    /** Whether the cause is proven. A cause that is not is never named, since explain may find another. */
    final boolean certain;

    /** What is known, in a sentence without its full stop. */
    final String sentence;

    private BriefCause(String type, boolean certain, String sentence) {
        this.type = type;
        this.certain = certain;
        this.sentence = sentence;
    }

    static BriefCause proven(String id, String sentence) {
        return new BriefCause(id, true, sentence);
    }

    /** @param type the alert's name or the exception's class */
    static BriefCause open(String type, String sentence) {
        return new BriefCause(type, false, sentence);
    }
}
