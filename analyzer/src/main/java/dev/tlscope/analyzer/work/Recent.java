package dev.tlscope.analyzer.work;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Caches the last few results of a function. Thread-safe. */
public final class Recent<K, V> {
    /** Guarded by itself. */
    private final Map<K, V> known;

    /**
     * Starts empty.
     *
     * @param most number of results to keep
     */
    public Recent(int most) {
        known = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }

    /** The result for a key, computed if necessary, without holding a lock. */
    public V get(K key, Function<? super K, ? extends V> how) {
        synchronized (known) {
            V value = known.get(key);
            if (value != null) {
                return value;
            }
        }
        V made = how.apply(key);
        synchronized (known) {
            known.put(key, made);
        }
        return made;
    }
}
