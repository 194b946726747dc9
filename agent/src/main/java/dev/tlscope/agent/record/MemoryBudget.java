package dev.tlscope.agent.record;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The connections that hold events in memory, in the order in which they lose them when memory is short: completed handshakes
 * before those under way, and of each kind the oldest first. A connection that has released its events is not in it, and costs
 * nothing from then on. Private loader, application's threads, no lock; a connection enters and leaves within its own monitor.
 */
final class MemoryBudget {
    /** Sorts handshakes that are under way after all completed ones. */
    private static final long UNDER_WAY = 1L << 62;

    private final long mostBytes;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong places = new AtomicLong();
    private final ConcurrentSkipListMap<Long, Connection> order = new ConcurrentSkipListMap<>();

    /** @param mostBytes the most bytes that all connections together hold */
    MemoryBudget(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** Adds a connection after the others of its kind; returns its position, from 1. */
    long enter(Connection connection, boolean completed) {
        long place = places.incrementAndGet() + (completed ? 0 : UNDER_WAY);
        order.put(place, connection);
        return place;
    }

    void leave(long place) {
        order.remove(place);
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
            Map.Entry<Long, Connection> first = order.pollFirstEntry();
            if (first == null) {
                return;
            }
            first.getValue().evict(first.getKey());
        }
    }

    /**
     * Removes and returns the connection under way that has waited longest, if its first event was before that time.
     */
    @Nullable
    Connection takeBegunBefore(long nanos) {
        Map.Entry<Long, Connection> first = order.ceilingEntry(UNDER_WAY);
        if (first == null || first.getValue().begun() >= nanos) {
            return null;
        }
        order.remove(first.getKey());
        return first.getValue();
    }
}
