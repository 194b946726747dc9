package dev.tlscope.agent.weave;

/**
 * A class that has hook targets, after the build: src/build/CompileHookTargets.java implements this interface in it.
 */
public interface IndexedTargets {
    /**
     * Runs one of the class's targets.
     *
     * @param index the target's position in the class
     * @param a to e: as {@link HookTarget#accept} takes them
     */
    void run(int index, Object a, Object b, Object c, Object d, Object e) throws ReflectiveOperationException;
}
