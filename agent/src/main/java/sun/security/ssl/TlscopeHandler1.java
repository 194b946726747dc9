package sun.security.ssl;

import org.jspecify.annotations.Nullable;

/**
 * What the Tap calls. It is defined in java.base, as the Tap is, and never changes shape: the agent's class in the private loader
 * implements it. No interface of the JDK takes a number and five objects, and to pass them in an array costs an allocation for each
 * call of a hook.
 */
public interface TlscopeHandler1 {
    /**
     * Takes a hook's values.
     *
     * @param hook number of the hook in the agent's table
     * @param a to e: the hook's values in the order of its row, null where it passes fewer
     */
    void accept(
            int hook,
            @Nullable Object a,
            @Nullable Object b,
            @Nullable Object c,
            @Nullable Object d,
            @Nullable Object e);
}
