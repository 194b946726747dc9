package dev.tlscope.agent.stack.jsse.setup;

import java.lang.ref.WeakReference;

/**
 * A trust manager of the application, and its class, which is known after the manager was collected too. Private loader; created on the
 * application's thread, read on the writer's. It keeps no object of the application alive.
 */
final class ApplicationManager extends WeakReference<Object> {
    final String className;

    ApplicationManager(Object manager) {
        super(manager);
        this.className = manager.getClass().getName();
    }
}
