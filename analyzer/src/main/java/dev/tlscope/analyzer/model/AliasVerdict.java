package dev.tlscope.analyzer.model;

/**
 * Whether the key manager chose an alias when JSSE asked for a key, and why.
 *
 * @param alias as in the key store
 * @param chosen whether the key manager returned it
 * @param reason why it was chosen or rejected, by the rules of JSSE's own key managers; NOT_KNOWN where these do not
 * explain it
 * @param detail in words: what JSSE asked for and what the alias has
 */
public record AliasVerdict(String alias, boolean chosen, Reason reason, String detail) {
    /** Why an alias was chosen or rejected. */
    public enum Reason {
        /** It matches, and was chosen. */
        CHOSEN,
        /** Its key, or the key that signed it, has none of the requested types. */
        KEY_TYPE,
        /** No authority that the peer named issued a certificate of its chain. */
        ISSUER,
        /** It is outside its validity period, and another one was chosen. */
        DATES,
        /** Its extendedKeyUsage does not allow this use, and another one was chosen. */
        KEY_USAGE,
        /** It matches, but another one that matches was chosen. */
        OTHER_TAKEN,
        /** Nothing in the capture explains it. */
        NOT_KNOWN
    }
}
