package dev.tlscope.agent.record;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A map with weak keys that are compared by identity: no {@code equals} or {@code hashCode} of a stack or the application is
 * called.
 */
public final class WeakIdentityMap<V> {
    private final ConcurrentHashMap<Object, V> map = new ConcurrentHashMap<>();
    private final ReferenceQueue<Object> queue = new ReferenceQueue<>();

    public @Nullable V get(Object key) {
        return map.get(new Probe(key));
    }

    public @Nullable V putIfAbsent(Object key, V value) {
        return map.putIfAbsent(new Key(key, queue), value);
    }

    /** Sets a value, and removes those of keys that were collected. */
    public void put(Object key, V value) {
        for (V gone = collected(); gone != null; gone = collected()) {
            // it is removed already
        }
        map.put(new Key(key, queue), value);
    }

    public @Nullable V remove(Object key) {
        return map.remove(new Probe(key));
    }

    /** The value of a key that was collected since the last call, or null when there is none. */
    @Nullable
    V collected() {
        for (Reference<?> gone = queue.poll(); gone != null; gone = queue.poll()) {
            V value = map.remove(gone);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    /** The present values. */
    Collection<V> values() {
        return map.values();
    }

    /** Empties the map and returns its values. */
    Collection<V> clear() {
        List<V> values = new ArrayList<>(map.values());
        map.clear();
        return values;
    }

    private static final class Key extends WeakReference<Object> {
        private final int hash;

        Key(Object key, ReferenceQueue<Object> queue) {
            super(key, queue);
            this.hash = System.identityHashCode(key);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            if (this == other) {
                return true;
            }
            Object key = get();
            return key != null
                    && (other instanceof Key
                            ? ((Key) other).get() == key
                            : other instanceof Probe && ((Probe) other).key == key);
        }
    }

    /** A key for a look-up, without the cost of a weak reference. */
    private static final class Probe {
        private final Object key;

        Probe(Object key) {
            this.key = key;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(key);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key && ((Key) other).get() == key;
        }
    }
}
