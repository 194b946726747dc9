package dev.tlscope.analyzer.evidence;

/**
 * Why something that JSSE has is not offered or accepted.
 *
 * @param reason what takes it away, by its name
 * @param fix the step that brings it back; of a policy the entry that removes it
 */
public record OfferLimit(Source source, String reason, String fix) {
    /** Where it comes from; what the application or whoever started the JVM chose comes first. */
    public enum Source {
        /** Its own list, or that of a library. */
        APPLICATION,
        /** SSLContext.getInstance was given an older version. */
        CONTEXT,
        /** A system property. */
        PROPERTY,
        /** A version without any of its suites, or suites without any of their groups. */
        OTHER_LIST,
        /** No provider of its algorithm was loaded. */
        PROVIDER,
        /** Keys of 128 bits at most. */
        CRYPTO_POLICY,
        /** jdk.tls.disabledAlgorithms or jdk.disabled.namedCurves. */
        POLICY,
        /** This JDK does not have it. */
        JDK
    }
}
