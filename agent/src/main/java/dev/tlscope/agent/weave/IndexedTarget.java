package dev.tlscope.agent.weave;

/** One target of a class that has several; the build replaces a lambda with it, see {@link HookTarget}. */
public final class IndexedTarget implements HookTarget {
    private final IndexedTargets owner;
    private final int index;

    private IndexedTarget(IndexedTargets owner, int index) {
        this.owner = owner;
        this.index = index;
    }

    /** Called by code that the build generates. */
    public static HookTarget of(IndexedTargets owner, int index) {
        return new IndexedTarget(owner, index);
    }

    @Override
    public void accept(Object a, Object b, Object c, Object d, Object e) throws ReflectiveOperationException {
        owner.run(index, a, b, c, d, e);
    }
}
