package dev.tlscope.agent.stack.provider;

import org.jspecify.annotations.Nullable;

/**
 * Tells the outermost of nested calls of one method of one object: an engine's {@code wrap} with one buffer calls the one with an
 * array. A call on a second thread meanwhile, which is misuse, is not followed. Guarded by its {@link ProviderConnection}.
 */
final class CallDepth {
    private @Nullable Thread caller;
    private int depth;

    /** A call begins: true for the outermost. */
    boolean enter() {
        Thread current = Thread.currentThread();
        if (depth == 0) {
            caller = current;
        } else if (caller != current) {
            return false;
        }
        return ++depth == 1;
    }

    /** True between the beginning and the end of a call. */
    boolean isWithin() {
        return depth > 0;
    }

    /** A call ends: true for the outermost. */
    boolean leave() {
        if (depth == 0 || caller != Thread.currentThread()) {
            return false;
        }
        if (--depth == 0) {
            caller = null;
            return true;
        }
        return false;
    }
}
