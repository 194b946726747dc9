package dev.tlscope.analyzer.finding;

/** Who has to act, as the side sees it that was captured. */
public enum Actor {
    /** The captured side. */
    US,
    /** The other side. */
    PEER,
    /** Either of the two: the fix names both ways. */
    EITHER,
    /** What lies between the two: networks, proxies, load balancers. */
    NETWORK;

    /** The same, as the other side sees it. */
    public Actor fromTheOtherSide() {
        return this == US ? PEER : this == PEER ? US : this;
    }
}
