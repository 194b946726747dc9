package dev.tlscope.agent.reflect;

import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/**
 * One field of the JDK's classes, found by name in an object's class or above it. Most fields are read from one class and are
 * looked up once; where classes differ, as those of the two key managers, the last one is remembered.
 */
public final class JdkField {
    private final String name;
    private volatile @Nullable Field field;
    /** The last class that was found to have no such field. */
    private volatile @Nullable Class<?> lacking;

    public JdkField(String name) {
        this.name = name;
    }

    /** The field's value; null when this JDK has no such field in the object's class, or its value is null. */
    @Nullable
    public Object get(@Nullable Object target) {
        if (target == null || target.getClass() == lacking) {
            return null;
        }
        Field found = field;
        try {
            if (found == null || !found.getDeclaringClass().isInstance(target)) {
                found = find(target.getClass());
                if (found == null) {
                    lacking = target.getClass();
                    return null;
                }
                field = found;
            }
            return found.get(target);
        } catch (IllegalAccessException e) {
            lacking = target.getClass();
            return null;
        }
    }

    /** The field's value as boolean; false when there is none. */
    public boolean isTrue(@Nullable Object target) {
        return Boolean.TRUE.equals(get(target));
    }

    private @Nullable Field find(Class<?> type) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            try {
                Field found = at.getDeclaredField(name);
                found.setAccessible(true);
                return found;
            } catch (NoSuchFieldException e) {
                // a superclass declares it, or none does
            }
        }
        return null;
    }
}
