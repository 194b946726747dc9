package dev.tlscope.agent.sink;

import java.lang.reflect.Constructor;

/**
 * Creates threads that inherit nothing from the creating thread, which may be the application's: no class loader, no
 * thread group and, on JDK 9 and later, no inheritable thread locals. An exception ends such a thread and has no other
 * effect: the application's default handler, which may end the JVM, is not called.
 */
public final class BareThread {
    private BareThread() {}

    /** A daemon thread, not started. */
    public static Thread of(Runnable work, String name) {
        Thread thread = make(root(), work, name);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.setUncaughtExceptionHandler((of, thrown) -> {});
        return thread;
    }

    private static Thread make(ThreadGroup group, Runnable work, String name) {
        try {
            Constructor<Thread> bare = Thread.class.getConstructor(
                    ThreadGroup.class, Runnable.class, String.class, long.class, boolean.class);
            return bare.newInstance(group, work, name, 0L, false);
        } catch (ReflectiveOperationException e) {
            return new Thread(group, work, name); // JDK 8
        }
    }

    private static ThreadGroup root() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        for (ThreadGroup parent = group.getParent(); parent != null; parent = group.getParent()) {
            group = parent;
        }
        return group;
    }
}
