package dev.tlscope.analyzer.model;

/**
 * What became of one alias of the key manager when JSSE asked for a key.
 *
 * @param alias as the key store has it
 * @param chosen whether the key manager answered with it
 * @param reason why it was passed over, or what fits; told by the rules of JSSE's own key managers, NOT_KNOWN where these do
 *     not tell
 * @param detail in words, with what was asked for and what the alias has
 */
public record AliasVerdict(String alias, boolean chosen, Reason reason, String detail) {
    /** Why an alias was taken or passed over. */
    public enum Reason {
        /** It fits, and was taken. */
        CHOSEN,
        /** Its key, or what signed it, is of none of the types asked for. */
        KEY_TYPE,
        /** No certificate of its chain was issued by an authority that the peer named. */
        ISSUER,
        /** It is outside of its dates, and another one was taken. */
        DATES,
        /** Its extendedKeyUsage is not for this, and another one was taken. */
        KEY_USAGE,
        /** It fits; another one that fits was taken. */
        OTHER_TAKEN,
        /** Nothing that the capture has explains it. */
        NOT_KNOWN
    }
}
