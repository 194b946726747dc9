package dev.tlscope.agent.reflect;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the objects that the fields of an application's object refer to, without calling its code. */
public final class ReferenceFields {
    private ReferenceFields() {}

    /** Values of its fields other than primitives; fields that the JDK does not allow us to read are left out. */
    public static List<Object> values(Object target) {
        List<Object> values = new ArrayList<>();
        for (Class<?> at = target.getClass(); at != null && at.getClassLoader() != null; at = at.getSuperclass()) {
            for (Field field : fields(at)) {
                Object value = value(field, target);
                if (value != null) {
                    values.add(value);
                }
            }
        }
        return values;
    }

    private static Field[] fields(Class<?> type) {
        try {
            return type.getDeclaredFields();
        } catch (LinkageError | RuntimeException e) {
            return new Field[0]; // a field's class is not there
        }
    }

    private static @Nullable Object value(Field field, Object target) {
        if (Modifier.isStatic(field.getModifiers()) || field.getType().isPrimitive()) {
            return null;
        }
        try {
            field.setAccessible(true);
            return field.get(target);
        } catch (IllegalAccessException | RuntimeException e) {
            return null; // a module that is not open
        }
    }
}
