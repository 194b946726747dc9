package dev.tlscope.analyzer.evidence;

/**
 * Why something that JSSE supports is not offered or accepted.
 *
 * @param reason what takes it away, by its name
 * @param fix the step that brings it back, empty if there is none; of a policy the entry that removes it
 */
public record OfferLimit(Source source, String reason, String fix) {
    /** The origin of the limit; choices of the application or of the JVM's command line come first. */
    public enum Source {
        /** Its own list, or that of a library. */
        APPLICATION,
        /** SSLContext.getInstance was given an older version. */
        CONTEXT,
        /** A system property. */
        PROPERTY,
        /** A version without any of its suites, or suites without any of their groups. */
        OTHER_LIST,
        /** No loaded provider has its algorithm. */
        PROVIDER,
        /** Keys of 128 bits at most. */
        CRYPTO_POLICY,
        /** jdk.tls.disabledAlgorithms or jdk.disabled.namedCurves. */
        POLICY,
        /** This JDK does not have it. */
        JDK
    }
}
