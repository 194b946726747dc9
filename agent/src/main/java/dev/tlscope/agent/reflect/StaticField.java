package dev.tlscope.agent.reflect;

import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/** Reads static fields of JDK classes. */
public final class StaticField {
    private StaticField() {}

    /** The field's value; null when this JDK has no such class or field. */
    public static @Nullable Object read(String className, String field) {
        try {
            Field found = Class.forName(className, false, null).getDeclaredField(field);
            found.setAccessible(true);
            return found.get(null);
        } catch (ReflectiveOperationException | LinkageError e) {
            return null;
        }
    }
}
