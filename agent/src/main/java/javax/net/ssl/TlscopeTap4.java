package javax.net.ssl;

import org.jspecify.annotations.Nullable;
import sun.security.ssl.TlscopeTap3;

/**
 * The class that code woven into an application's classes calls: those do not see sun.security.ssl, and every subclass of
 * SSLEngine or SSLSocket sees this package. It is defined in java.base, by the bootstrap loader, when the first such class is
 * woven, and is never unloaded: therefore it is small, has its version in its name and never changes shape.
 *
 * <p>Runs on the application's threads, within the woven method. It must never throw.
 */
public final class TlscopeTap4 {
    private TlscopeTap4() {}

    /** Passes a hook's values on, as {@link TlscopeTap3#tap} does. */
    public static void tap(
            int hook,
            @Nullable Object a,
            @Nullable Object b,
            @Nullable Object c,
            @Nullable Object d,
            @Nullable Object e) {
        TlscopeTap3.tap(hook, a, b, c, d, e);
    }
}
