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
        if (target == null) {
            return null;
        }
        for (Class<?> at = target.getClass(); at != null; at = at.getSuperclass()) {
            try {
                Field field = at.getDeclaredField(name);
                return JdkField.isDirect() ? atOffset(target, field) : reflected(target, field);
            } catch (NoSuchFieldException e) {
                // a superclass declares it, or none does
            } catch (LinkageError | RuntimeException e) {
                return null; // the class of one of its fields is not there, or its module is not open
            }
        }
        return null;
    }

    /** Needs no access, which a named module may refuse. */
    private static @Nullable Object atOffset(Object target, Field field) {
        return field.getType().isPrimitive() ? null : TlscopeFields1.object(target, TlscopeFields1.offset(field));
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
