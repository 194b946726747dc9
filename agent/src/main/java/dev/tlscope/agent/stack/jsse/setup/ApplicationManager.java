package dev.tlscope.agent.stack.jsse.setup;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * A trust manager of the application, compared by identity: its equals and hashCode are never called. Private loader;
 * created on the application's thread, read on the writer's. It keeps no object of the application alive.
 */
final class ApplicationManager extends WeakReference<Object> {
    final String className;
    private final int hash;

    ApplicationManager(Object manager) {
        this(manager, null);
    }

    ApplicationManager(Object manager, @Nullable ReferenceQueue<Object> gone) {
        super(manager, gone);
        this.className = manager.getClass().getName();
        this.hash = System.identityHashCode(manager);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** Equal for the same manager; a collected one equals only itself, so that it can be removed. */
    @Override
    public boolean equals(@Nullable Object other) {
        if (this == other) {
            return true;
        }
        Object manager = get();
        return manager != null && other instanceof ApplicationManager && ((ApplicationManager) other).get() == manager;
    }
}
