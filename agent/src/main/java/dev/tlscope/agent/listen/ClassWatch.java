package dev.tlscope.agent.listen;

import dev.tlscope.agent.reflect.LoadedClasses;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.ref.WeakReference;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which of a few classes the JVM has loaded, so that nothing is initialised that the application has not initialised itself: a
 * logging library that an agent starts early reads its configuration before the application has set it. It sees each class as it is
 * defined, and looks at those from before once. It changes no class.
 */
public final class ClassWatch implements ClassFileTransformer {
    /** Of the JVM, once its flight recorder was made. */
    public static final String FLIGHT_RECORDER = "jdk.jfr.internal.PlatformRecorder";

    /** Of the JVM, once an MBean server was made. */
    public static final String MBEAN_SERVER = "com.sun.jmx.mbeanserver.JmxMBeanServer";

    /** Of the JVM, once java.util.logging has its root logger: it is configured then. */
    public static final String ROOT_LOGGER = "java.util.logging.LogManager$RootLogger";

    /** Of the JVM, once System.getLogger was used. */
    public static final String LOGGER_FINDER = "jdk.internal.logger.LoggerFinderLoader";

    /** SLF4J's entry, which may be there several times. */
    public static final String SLF4J = slf4j("LoggerFactory");

    private final Instrumentation instrumentation;
    private final Set<String> wanted;
    private final Set<String> ofTheJvm = ConcurrentHashMap.newKeySet();
    private final List<WeakReference<ClassLoader>> slf4j = new ArrayList<>();
    private volatile boolean scanned;

    /** @param names those of the constants above that are asked for */
    public ClassWatch(Instrumentation instrumentation, String... names) {
        this.instrumentation = instrumentation;
        this.wanted = new HashSet<>();
        for (String name : Arrays.asList(names)) {
            wanted.add(name.replace('.', '/'));
        }
    }

    /** The name of a class of the application's SLF4J. The build renames a constant that begins as our own SLF4J's package does. */
    public static String slf4j(String name) {
        return String.join(".", "org", "slf4j", name);
    }

    /** From now on it sees what is loaded. */
    public void begin() {
        instrumentation.addTransformer(this);
    }

    public void end() {
        instrumentation.removeTransformer(this);
    }

    /** Whether a class of the JVM is loaded, or just being loaded. Not for the application's threads. */
    public boolean isLoaded(String name) {
        scan();
        return ofTheJvm.contains(name);
    }

    /** The class loaders that have SLF4J. Not for the application's threads. */
    public List<ClassLoader> slf4jLoaders() {
        scan();
        List<ClassLoader> loaders = new ArrayList<>();
        synchronized (slf4j) {
            slf4j.removeIf(gone -> gone.get() == null);
            for (WeakReference<ClassLoader> reference : slf4j) {
                ClassLoader loader = reference.get();
                if (loader != null) {
                    loaders.add(loader);
                }
            }
        }
        return loaders;
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String className,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        if (className != null && redefined == null && wanted.contains(className)) {
            note(className.replace('/', '.'), loader);
        }
        return null;
    }

    private void scan() {
        if (scanned) {
            return;
        }
        scanned = true;
        boolean everywhere = wanted.contains(SLF4J.replace('.', '/'));
        List<Class<?>> loaded = everywhere
                ? LoadedClasses.everywhere(instrumentation, wanted)
                : LoadedClasses.ofBootstrap(instrumentation, wanted);
        for (Class<?> type : loaded) {
            note(type.getName(), type.getClassLoader());
        }
    }

    private void note(String name, @Nullable ClassLoader loader) {
        if (loader == null) {
            ofTheJvm.add(name);
            return;
        }
        synchronized (slf4j) {
            for (WeakReference<ClassLoader> known : slf4j) {
                if (known.get() == loader) {
                    return;
                }
            }
            slf4j.add(new WeakReference<>(loader));
        }
    }
}
