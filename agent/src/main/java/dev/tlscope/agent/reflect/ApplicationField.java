package dev.tlscope.agent.reflect;

import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;
import sun.security.ssl.TlscopeFields1;

/**
 * Reads one field of an application's object, without calling its code. The field is looked up each time: what we would keep
 * refers to the application's class loader, which must stay collectable.
 */
public final class ApplicationField {
    private ApplicationField() {}

    /**
     * The object that a field of the object's class, or of a class above it, refers to; null when there is no such field, or its
     * value is null.
     */
    public static @Nullable Object read(@Nullable Object target, String name) {
        Field field = field(target, name);
        return field == null || target == null || field.getType().isPrimitive() ? null : value(target, field);
    }

    /** The value of a field of type long; {@code absent} when there is none. */
    public static long number(@Nullable Object target, String name, long absent) {
        Field field = field(target, name);
        Object value = field == null || target == null || field.getType() != long.class ? null : value(target, field);
        return value instanceof Long ? (Long) value : absent;
    }

    private static @Nullable Field field(@Nullable Object target, String name) {
        for (Class<?> at = target == null ? null : target.getClass(); at != null; at = at.getSuperclass()) {
            try {
                return at.getDeclaredField(name);
            } catch (NoSuchFieldException e) {
                // a superclass declares it, or none does
            } catch (LinkageError e) {
                return null; // the class of one of its fields is not there
            }
        }
        return null;
    }

    /** At its offset it needs no access, which a named module may refuse. */
    private static @Nullable Object value(Object target, Field field) {
        if (!JdkField.isDirect()) {
            return reflected(target, field);
        }
        long offset = TlscopeFields1.offset(field);
        return field.getType() == long.class
                ? (Object) TlscopeFields1.number(target, offset)
                : TlscopeFields1.object(target, offset);
    }

    private static @Nullable Object reflected(Object target, Field field) {
        try {
            field.setAccessible(true);
            return field.get(target);
        } catch (IllegalAccessException e) {
            return null; // it was made accessible
        }
    }
}
