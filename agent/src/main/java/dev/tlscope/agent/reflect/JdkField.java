package dev.tlscope.agent.reflect;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;
import sun.security.ssl.TlscopeFields1;

/**
 * One field of the JDK's classes, found by name in an object's class or above it. Most fields are read from one class and are
 * looked up once; where classes differ, as those of the two key managers, the last one is remembered.
 *
 * <p>In the target JVM the value is read at its offset, as compiled code reads a field: reflection costs several times as much.
 */
public final class JdkField {
    /** Whether java.base has the class that reads at offsets; false in a unit test. */
    private static volatile boolean direct;

    private final String name;
    private volatile @Nullable Place place;
    /** The last class that was found to have no such field. */
    private volatile @Nullable Class<?> lacking;

    public JdkField(String name) {
        this.name = name;
    }

    /** Called once java.base has {@link TlscopeFields1}, before the first field is read. */
    public static void readDirectly() {
        direct = true;
    }

    static boolean isDirect() {
        return direct;
    }

    /** The field's value; null when this JDK has no such field in the object's class, or its value is null. */
    @Nullable
    public Object get(@Nullable Object target) {
        Place found = place(target);
        return found == null || target == null ? null : found.get(target);
    }

    /** The field's value as boolean; false when there is none. */
    public boolean isTrue(@Nullable Object target) {
        Place found = place(target);
        if (found == null || target == null) {
            return false;
        }
        return found.kind == 'Z' ? TlscopeFields1.flag(target, found.offset) : Boolean.TRUE.equals(found.get(target));
    }

    /** The field's value as number, of a field of type byte or int; {@code absent} when there is none. */
    public int number(@Nullable Object target, int absent) {
        Place found = place(target);
        if (found == null || target == null) {
            return absent;
        }
        switch (found.kind) {
            case 'B':
                return TlscopeFields1.octet(target, found.offset);
            case 'I':
                return TlscopeFields1.integer(target, found.offset);
            default:
                Object value = found.get(target);
                return value instanceof Number ? ((Number) value).intValue() : absent;
        }
    }

    private @Nullable Place place(@Nullable Object target) {
        if (target == null) {
            return null;
        }
        Place found = place;
        return found != null && found.type.isInstance(target) ? found : find(target.getClass());
    }

    private @Nullable Place find(Class<?> type) {
        if (type == lacking) {
            return null;
        }
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            try {
                Field field = at.getDeclaredField(name);
                field.setAccessible(true);
                Place found = new Place(field);
                place = found;
                return found;
            } catch (NoSuchFieldException e) {
                // a superclass declares it, or none does
            }
        }
        lacking = type;
        return null;
    }

    /** Where the field is in the objects of one class. */
    private static final class Place {
        /** The class that declares the field. */
        final Class<?> type;
        /** The first character of the field's descriptor if it is read directly, 0 if by reflection. */
        final char kind;

        final long offset;
        private final Field field;

        Place(Field field) {
            this.type = field.getDeclaringClass();
            this.field = field;
            this.kind = direct && !Modifier.isStatic(field.getModifiers()) ? kind(field.getType()) : 0;
            this.offset = kind == 0 ? 0 : TlscopeFields1.offset(field);
        }

        @Nullable
        Object get(Object target) {
            switch (kind) {
                case 'L':
                    return TlscopeFields1.object(target, offset);
                case 'Z':
                    return TlscopeFields1.flag(target, offset);
                case 'B':
                    return TlscopeFields1.octet(target, offset);
                case 'I':
                    return TlscopeFields1.integer(target, offset);
                case 'J':
                    return TlscopeFields1.number(target, offset);
                default:
                    return reflected(target);
            }
        }

        private @Nullable Object reflected(Object target) {
            try {
                return field.get(target);
            } catch (IllegalAccessException e) {
                return null; // it was made accessible
            }
        }

        private static char kind(Class<?> type) {
            if (!type.isPrimitive()) {
                return 'L';
            }
            return type == boolean.class
                    ? 'Z'
                    : type == byte.class ? 'B' : type == int.class ? 'I' : type == long.class ? 'J' : 0;
        }
    }
}
