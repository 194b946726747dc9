package dev.tlscope.analyzer.model;

import java.lang.ref.SoftReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Caches values that are computed from a handshake or a configuration. A soft reference holds them, because they may take
 * many times its memory.
 */
public final class Memo {
    private SoftReference<Map<Class<?>, Object>> values = new SoftReference<>(null);

    /** The cached value of that kind, computed if necessary. */
    public <T> T get(Class<T> kind, Supplier<T> how) {
        Map<Class<?>, Object> known = values();
        Object value = known.get(kind);
        if (value == null) {
            // Not computeIfAbsent: one computation may need another.
            T made = how.get();
            Object other = known.putIfAbsent(kind, made);
            value = other == null ? made : other;
        }
        return kind.cast(value);
    }

    private synchronized Map<Class<?>, Object> values() {
        Map<Class<?>, Object> known = values.get();
        if (known == null) {
            known = new ConcurrentHashMap<>(4);
            values = new SoftReference<>(known);
        }
        return known;
    }
}
