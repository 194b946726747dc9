package sun.security.ssl;

import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/**
 * Reads fields of the JDK's objects by their offset. The class that the target JVM gets is another one, with these methods over
 * the JDK's internal Unsafe, which agent.weave.FieldTap generates: reflection costs several times as much, and before JDK 18 it
 * allocates. This one is what our code is compiled against; no JVM ever runs it.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class TlscopeFields1 {
    private TlscopeFields1() {}

    /** The offset of a field that is not static. */
    public static long offset(Field field) {
        throw new UnsupportedOperationException(field.toString());
    }

    /** The object that a field refers to. The target must be an instance of the class that declares the field. */
    public static @Nullable Object object(Object target, long offset) {
        throw new UnsupportedOperationException();
    }

    public static boolean flag(Object target, long offset) {
        throw new UnsupportedOperationException();
    }

    public static byte octet(Object target, long offset) {
        throw new UnsupportedOperationException();
    }

    public static int integer(Object target, long offset) {
        throw new UnsupportedOperationException();
    }

    public static long number(Object target, long offset) {
        throw new UnsupportedOperationException();
    }
}
