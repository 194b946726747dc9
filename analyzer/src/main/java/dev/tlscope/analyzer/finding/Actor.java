package dev.tlscope.analyzer.finding;

/** Who has to act, from the captured side's point of view. */
public enum Actor {
    /** The captured side. */
    US,
    /** The other side. */
    PEER,
    /** Either of the two: the fix names both. */
    EITHER,
    /** Networks, proxies and load balancers between the two. */
    NETWORK;

    /** The same, from the other side's point of view. */
    public Actor fromTheOtherSide() {
        return this == US ? PEER : this == PEER ? US : this;
    }
}
