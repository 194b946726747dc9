package dev.tlscope.agent.record;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The connections that hold events in memory, in the order in which they lose them when memory is short: completed handshakes
 * before those under way, and of each kind the oldest first. A connection that has released its events is not in it, and costs
 * nothing from then on. Private loader, application's threads.
 *
 * <p>The connections themselves are the links of two lists, so that to enter and to leave costs the same however many there are,
 * and allocates nothing. The lock is held for a few instructions, within which no other is taken; a connection enters and leaves
 * within its own monitor.
 */
final class MemoryBudget {
    private final long mostBytes;
    private final AtomicLong bytes = new AtomicLong();
    private final Waiting completed = new Waiting();
    private final Waiting underWay = new Waiting();

    /** @param mostBytes the most bytes that all connections together hold */
    MemoryBudget(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** Adds a connection after the others of its kind. It is in neither list. */
    synchronized void enter(Place connection, boolean isCompleted) {
        (isCompleted ? completed : underWay).add(connection);
    }

    /** Removes a connection, if it is in a list. */
    synchronized void leave(Place connection) {
        remove(connection);
    }

    /** True until the connection leaves, or was chosen to give its memory back. */
    synchronized boolean holds(Place connection) {
        return connection.list != null;
    }

    /** Adds to the number of bytes that a connection holds; negative to subtract. */
    void changed(long by) {
        bytes.addAndGet(by);
    }

    long bytes() {
        return bytes.get();
    }

    /**
     * Discards events of connections until the rest is within the limit. It takes their monitors, so the caller must
     * hold none.
     */
    void makeRoom() {
        while (bytes.get() > mostBytes) {
            Place next = takeNext();
            if (next == null) {
                return;
            }
            next.evict();
        }
    }

    /**
     * Removes and returns the connection under way that has waited longest, if its first event was before that time.
     */
    synchronized @Nullable Place takeBegunBefore(long nanos) {
        Place first = underWay.first;
        return first == null || first.begun() >= nanos ? null : remove(first);
    }

    private synchronized @Nullable Place takeNext() {
        Place first = completed.first != null ? completed.first : underWay.first;
        return first == null ? null : remove(first);
    }

    private static Place remove(Place connection) {
        Waiting list = connection.list;
        if (list != null) {
            list.remove(connection);
        }
        return connection;
    }

    /** A connection's place in a list. Its fields belong to the budget. */
    abstract static class Place {
        private @Nullable Waiting list;
        private @Nullable Place earlier;
        private @Nullable Place later;

        /** The time of its first event. */
        abstract long begun();

        /** Discards its events, or writes them, unless it entered again or released them meanwhile. */
        abstract void evict();

        /** Writes its events. */
        abstract void release();
    }

    private static final class Waiting {
        private @Nullable Place first;
        private @Nullable Place last;

        void add(Place place) {
            Place before = last;
            place.list = this;
            place.earlier = before;
            place.later = null;
            last = place;
            if (before == null) {
                first = place;
            } else {
                before.later = place;
            }
        }

        void remove(Place place) {
            Place before = place.earlier;
            Place after = place.later;
            if (before == null) {
                first = after;
            } else {
                before.later = after;
            }
            if (after == null) {
                last = before;
            } else {
                after.earlier = before;
            }
            place.list = null;
            place.earlier = null;
            place.later = null;
        }
    }
}
