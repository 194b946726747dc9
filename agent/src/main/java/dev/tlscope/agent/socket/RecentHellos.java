package dev.tlscope.agent.socket;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Values by the random of a hello, of the latest hellos only: one that nobody removes, such as a hello of another TLS
 * implementation, is dropped when {@value #MOST} others have come. No call waits, and none costs more when there are more entries.
 */
final class RecentHellos<V> {
    /** A power of two, so that the ring goes on when the counter overflows. */
    static final int MOST = 2048;

    private final ConcurrentMap<HelloRandom, V> values = new ConcurrentHashMap<>();
    /** The latest hellos, the oldest of which the next one overwrites. */
    private final AtomicReferenceArray<HelloRandom> order = new AtomicReferenceArray<>(MOST);

    private final AtomicInteger next = new AtomicInteger();

    /** Keeps a value, in place of one that this hello has already. */
    void put(HelloRandom hello, V value) {
        if (values.put(hello, value) == null) {
            HelloRandom oldest = order.getAndSet(next.getAndIncrement() & (MOST - 1), hello);
            if (oldest != null) {
                values.remove(oldest);
            }
        }
    }

    /** Takes out the value of a hello; null when there is none. */
    @Nullable
    V remove(HelloRandom hello) {
        return values.remove(hello);
    }

    int size() {
        return values.size();
    }
}
