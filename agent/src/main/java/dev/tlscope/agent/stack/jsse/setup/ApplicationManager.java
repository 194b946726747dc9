package dev.tlscope.agent.stack.jsse.setup;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * A trust manager of the application's, by identity: its equals and hashCode are never called. Private loader; made on the
 * application's thread, looked into on the writer's. It keeps nothing of the application alive.
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

    /** The same manager; one that is gone equals itself alone, so that it can be removed. */
    @Override
    public boolean equals(@Nullable Object other) {
        if (this == other) {
            return true;
        }
        Object manager = get();
        return manager != null && other instanceof ApplicationManager && ((ApplicationManager) other).get() == manager;
    }
}
