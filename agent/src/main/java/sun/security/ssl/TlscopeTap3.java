package sun.security.ssl;

import org.jspecify.annotations.Nullable;

/**
 * The class that woven code calls. It is defined in java.base, by the bootstrap loader, and is never unloaded:
 * therefore it is small, refers to no type of tlscope but its handler's, has its version in its name and never changes shape.
 *
 * <p>Runs on the application's threads, within the woven method. It must never throw.
 */
public final class TlscopeTap3 {
    /** Takes a hook's number and its values; null while no agent is attached. */
    public static volatile @Nullable TlscopeHandler1 handler;

    /** A JDK object that has to outlive a detach, such as the jvmstat counter, which can be made only once in a JVM. */
    public static volatile @Nullable Object kept;

    private TlscopeTap3() {}

    /**
     * Passes a hook's values to the handler, or does nothing.
     *
     * @param hook number of the hook in the agent's table
     * @param a to e: the hook's values in the order of its row, null where it passes fewer
     */
    public static void tap(
            int hook,
            @Nullable Object a,
            @Nullable Object b,
            @Nullable Object c,
            @Nullable Object d,
            @Nullable Object e) {
        TlscopeHandler1 current = handler;
        if (current != null) {
            try {
                current.accept(hook, a, b, c, d, e);
            } catch (Throwable ignored) {
                // The handler counts its own failures. One that reaches this line, such as a StackOverflowError of a
                // deep application stack, must not reach the handshake either.
            }
        }
    }
}
