package dev.tlscope.agent.control;

import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/** The Tap's two fields, accessed by reflection, because the class is in java.base and cannot be linked against. */
final class TapFields {
    private final Field handler;
    private final Field kept;

    TapFields(Class<?> type) throws NoSuchFieldException {
        handler = type.getField("handler");
        kept = type.getField("kept");
        // Its package is not exported, but it is open to us.
        handler.setAccessible(true);
        kept.setAccessible(true);
    }

    void handler(@Nullable TapHandler current) throws IllegalAccessException {
        handler.set(null, current);
    }

    @Nullable
    Object kept() throws IllegalAccessException {
        return kept.get(null);
    }

    void keep(Object object) throws IllegalAccessException {
        kept.set(null, object);
    }
}
