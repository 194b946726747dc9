package dev.tlscope.agent.jsse;

import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/** One field of a JSSE class, found once by name in the class of the first object asked, or above it. */
final class JsseField {
    private final String name;
    private volatile @Nullable Field field;
    private volatile boolean missing;

    JsseField(String name) {
        this.name = name;
    }

    /** The field's value; null when this JDK has no such field, or its value is null. */
    @Nullable
    Object get(@Nullable Object target) {
        if (target == null || missing) {
            return null;
        }
        Field found = field;
        try {
            if (found == null) {
                found = find(target.getClass());
                if (found == null) {
                    missing = true;
                    return null;
                }
                field = found;
            }
            return found.get(target);
        } catch (IllegalAccessException e) {
            missing = true;
            return null;
        }
    }

    /** The field's value as boolean; false when there is none. */
    boolean isTrue(@Nullable Object target) {
        return Boolean.TRUE.equals(get(target));
    }

    private @Nullable Field find(Class<?> type) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            try {
                Field found = at.getDeclaredField(name);
                found.setAccessible(true);
                return found;
            } catch (NoSuchFieldException e) {
                // declared further up, or not at all
            }
        }
        return null;
    }
}
