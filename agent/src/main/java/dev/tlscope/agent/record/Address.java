package dev.tlscope.agent.record;

import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import org.jspecify.annotations.Nullable;

/** Who talks to whom on a connection: an engine's becomes known some time after its first event, if ever. */
public final class Address {
    private @Nullable String local;
    private @Nullable String peer;
    private @Nullable String source;
    private boolean told;

    Address() {}

    /** True while it is not known. */
    public synchronized boolean isWanted() {
        return source == null;
    }

    /**
     * Notes it, the first time.
     *
     * @return true when an event was written before without it, and now has to be written again
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

    /** Puts it into a CONNECTION event that is about to be written. */
    synchronized void put(Event event) {
        told = true;
        event.put(Field.LOCAL, local)
                .put(Field.PEER, peer)
                .put(Field.ADDRESS_SOURCE, source == null ? "unknown" : source);
    }
}
