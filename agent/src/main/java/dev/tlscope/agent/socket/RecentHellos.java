package dev.tlscope.agent.socket;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Values by the random of a hello, for the latest hellos only: an entry that is never removed, such as a hello of
 * another TLS implementation, is dropped after {@value #MOST} later ones. No call waits, and the cost does not depend
 * on the number of entries.
 */
final class RecentHellos<V> {
    /** A power of two, so that the ring still works when the counter overflows. */
    static final int MOST = 2048;

    private final ConcurrentMap<HelloRandom, V> values = new ConcurrentHashMap<>();
    /** The latest hellos; the next one overwrites the oldest. */
    private final AtomicReferenceArray<HelloRandom> order = new AtomicReferenceArray<>(MOST);

    private final AtomicInteger next = new AtomicInteger();

    /** Puts a value, replacing one for the same hello. */
    void put(HelloRandom hello, V value) {
        if (values.put(hello, value) == null) {
            HelloRandom oldest = order.getAndSet(next.getAndIncrement() & (MOST - 1), hello);
            if (oldest != null) {
                values.remove(oldest);
            }
        }
    }

    /** Removes the value of a hello and returns it; null if there is none. */
    @Nullable
    V remove(HelloRandom hello) {
        return values.remove(hello);
    }

    int size() {
        return values.size();
    }
}
