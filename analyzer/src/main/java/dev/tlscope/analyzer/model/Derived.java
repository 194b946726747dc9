package dev.tlscope.analyzer.model;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What was worked out of a handshake by those that look at it, kept so that it is worked out once. */
public final class Derived {
    private final Map<Class<?>, Object> values = new ConcurrentHashMap<>();

    /** The one of that kind, made at the first call. */
    public <T> T get(Class<T> kind, Supplier<T> how) {
        Object known = values.get(kind);
        if (known == null) {
            // not computeIfAbsent: one may need another
            T made = how.get();
            Object other = values.putIfAbsent(kind, made);
            known = other == null ? made : other;
        }
        return kind.cast(known);
    }
}
