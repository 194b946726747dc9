package dev.tlscope.agent.weave;

/**
 * The code that handles a hook. It runs on the application's threads, within the woven method, and must not block. Its
 * exceptions are counted and do not reach the application.
 *
 * <p>The build compiles a lambda of this type into an {@link IndexedTarget} (src/build/CompileHookTargets.java),
 * because a lambda that is linked at run time costs the start of the target JVM up to a millisecond. Such a lambda may
 * capture only {@code this}.
 */
@FunctionalInterface
public interface HookTarget {
    /**
     * Handles one call.
     *
     * @param a to e: the values that the hook's row passes, in order, followed by nulls; in no array, which would be an
     * allocation for each record
     */
    void accept(Object a, Object b, Object c, Object d, Object e) throws ReflectiveOperationException;
}
