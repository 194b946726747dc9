package dev.tlscope.agent.reflect;

import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The classes that the JVM had loaded before, and therefore does not pass to a new class file transformer. */
public final class LoadedClasses {
    private LoadedClasses() {}

    /**
     * Those that the bootstrap loader finds.
     *
     * @param names internal names, with slashes
     */
    public static List<Class<?>> ofBootstrap(Instrumentation instrumentation, Set<String> names) {
        return named(instrumentation.getInitiatedClasses(null), names);
    }

    /** The same of all class loaders, which may have loaded many thousands. */
    public static List<Class<?>> everywhere(Instrumentation instrumentation, Set<String> names) {
        return named(instrumentation.getAllLoadedClasses(), names);
    }

    private static List<Class<?>> named(Class<?>[] loaded, Set<String> names) {
        List<Class<?>> found = new ArrayList<>();
        for (Class<?> type : loaded) {
            if (names.contains(type.getName().replace('.', '/'))) {
                found.add(type);
            }
        }
        return found;
    }
}
