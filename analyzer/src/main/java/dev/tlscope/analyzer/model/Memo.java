package dev.tlscope.analyzer.model;

import java.lang.ref.SoftReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What was worked out of a handshake by those that look at it, kept so that it is worked out once. Given up when memory is
 * short: it may be many times as large as the handshake.
 */
public final class Memo {
    private SoftReference<Map<Class<?>, Object>> values = new SoftReference<>(null);

    /** The one of that kind, made if need be. */
    public <T> T get(Class<T> kind, Supplier<T> how) {
        Map<Class<?>, Object> known = values();
        Object value = known.get(kind);
        if (value == null) {
            // not computeIfAbsent: one may need another
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
