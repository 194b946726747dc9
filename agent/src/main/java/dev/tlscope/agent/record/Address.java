package dev.tlscope.agent.record;

import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import org.jspecify.annotations.Nullable;

/** The addresses of both ends of a connection. Those of an engine become known some time after its first event, or never. */
public final class Address {
    private @Nullable String local;
    private @Nullable String peer;
    private @Nullable String source;
    private boolean told;

    Address() {}

    /** True while the addresses are not known. */
    public synchronized boolean isWanted() {
        return source == null;
    }

    /**
     * Sets the addresses, the first time.
     *
     * @return true when a CONNECTION event was written without them, and has to be written again
     */
    public synchronized boolean found(String here, String there, String how) {
        if (source != null) {
            return false;
        }
        local = here;
        peer = there;
        source = how;
        return told;
    }

    /** This end's as {@code host:port}; null while it is not known. */
    synchronized @Nullable String local() {
        return local;
    }

    /** The other end's. */
    synchronized @Nullable String peer() {
        return peer;
    }

    /** Puts the addresses into a CONNECTION event that is about to be written. */
    synchronized void put(Event event) {
        told = true;
        event.put(Field.LOCAL, local)
                .put(Field.PEER, peer)
                .put(Field.ADDRESS_SOURCE, source == null ? "unknown" : source);
    }
}
