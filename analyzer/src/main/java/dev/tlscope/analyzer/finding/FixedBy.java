package dev.tlscope.analyzer.finding;

/** The side at which a cause is usually fixed. */
public enum FixedBy {
    /** The captured side. */
    THIS_SIDE,
    PEER,
    CLIENT,
    SERVER,
    /** One of the two; the fix names what each can do. */
    EITHER,
    /** What is between the two. */
    NETWORK;

    /**
     * Who has to act, seen from the captured side.
     *
     * @param isClient whether that is the client
     */
    public Actor actor(boolean isClient) {
        return switch (this) {
            case THIS_SIDE -> Actor.US;
            case PEER -> Actor.PEER;
            case CLIENT -> isClient ? Actor.US : Actor.PEER;
            case SERVER -> isClient ? Actor.PEER : Actor.US;
            case EITHER -> Actor.EITHER;
            case NETWORK -> Actor.NETWORK;
        };
    }
}
