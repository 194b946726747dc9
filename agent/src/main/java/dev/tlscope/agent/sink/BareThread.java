package dev.tlscope.agent.sink;

import java.lang.reflect.Constructor;

/**
 * Makes threads that take over nothing of their maker, which may be a thread of the application: no class loader, no
 * thread group, no inheritable thread locals (these on JDK 9 and later). What they throw ends them and nothing else: the
 * application's default handler may end the JVM.
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
