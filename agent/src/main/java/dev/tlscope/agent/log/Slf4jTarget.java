package dev.tlscope.agent.log;

import dev.tlscope.agent.listen.ClassWatch;
import dev.tlscope.agent.sink.BareThread;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One copy of SLF4J in the application, called by reflection: ours is another one, under another name. Nothing of it is kept from one
 * line to the next, so that a web application can be undeployed.
 */
final class Slf4jTarget implements LogTarget {
    /** LoggerFactory.INITIALIZATION_STATE, in SLF4J 1.7 and 2.0. */
    private static final int ONGOING = 1;

    private static final int FAILED = 2;

    private static final int SUCCESSFUL = 3;

    private static final long PATIENCE_SECONDS = 10;

    private final ClassLoader loader;
    private final Object logger;

    /** @param logger as {@link #logger} finds it */
    Slf4jTarget(ClassLoader loader, Object logger) {
        this.loader = loader;
        this.logger = logger;
    }

    /** True when the copy in that loader is in use, and with a provider. */
    static boolean isReady(ClassLoader loader) {
        return state(loader) == SUCCESSFUL;
    }

    /** True when the copy in that loader is loaded, and not initialised yet. */
    static boolean isComing(ClassLoader loader) {
        return state(loader) <= ONGOING;
    }

    @Override
    public String name() {
        return "SLF4J (" + logger.getClass().getName() + ")";
    }

    @Override
    public boolean takes(boolean warning) throws Exception {
        Method enabled = type("Logger").getMethod(warning ? "isWarnEnabled" : "isInfoEnabled");
        return (Boolean) enabled.invoke(logger);
    }

    @Override
    public void write(boolean warning, String line, Map<String, Object> values) throws Exception {
        Method builder = fluent(warning);
        if (builder != null) {
            Object building = builder.invoke(logger);
            Class<?> type = type("spi.LoggingEventBuilder");
            Method add = type.getMethod("addKeyValue", String.class, Object.class);
            for (Map.Entry<String, Object> value : values.entrySet()) {
                building = add.invoke(building, value.getKey(), value.getValue());
            }
            type.getMethod("log", String.class).invoke(building, line);
        } else {
            withContext(warning, line, values);
        }
    }

    /** SLF4J 1 has no key-values: they go into the thread's context for the one call. */
    private void withContext(boolean warning, String line, Map<String, Object> values) throws Exception {
        Class<?> context = type("MDC");
        Method put = context.getMethod("put", String.class, String.class);
        Method remove = context.getMethod("remove", String.class);
        try {
            for (Map.Entry<String, Object> value : values.entrySet()) {
                put.invoke(null, value.getKey(), value.getValue().toString());
            }
            type("Logger").getMethod(warning ? "warn" : "info", String.class).invoke(logger, line);
        } finally {
            for (String name : values.keySet()) {
                remove.invoke(null, name);
            }
        }
    }

    private @Nullable Method fluent(boolean warning) throws ClassNotFoundException {
        try {
            return type("Logger").getMethod(warning ? "atWarn" : "atInfo");
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    private Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName(ClassWatch.slf4j(name), false, loader);
    }

    /**
     * The application's logger, asked for on a thread with no class of ours on its stack: Log4j makes a second context, with files and
     * threads of its own, for the class loader of whoever asks. Here this is the thread's context class loader.
     */
    static Object logger(ClassLoader loader) throws Exception {
        Class<?> factory = Class.forName(ClassWatch.SLF4J, false, loader);
        MethodHandle ask = MethodHandles.lookup()
                .unreflect(factory.getMethod("getLogger", String.class))
                .bindTo(LogNames.LOGGER);
        FutureTask<Object> asking = new FutureTask<>(callable(ask, loader));
        Thread thread = BareThread.of(asking, "tlscope-logger");
        thread.setContextClassLoader(loader);
        thread.start();
        return asking.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** JDK 8 defines the proxy's class in the context class loader. */
    @SuppressWarnings("unchecked")
    private static Callable<Object> callable(MethodHandle handle, ClassLoader loader) {
        Thread current = Thread.currentThread();
        ClassLoader before = current.getContextClassLoader();
        current.setContextClassLoader(loader);
        try {
            return MethodHandleProxies.asInterfaceInstance(Callable.class, handle);
        } finally {
            current.setContextClassLoader(before);
        }
    }

    /** Read and not asked for: any method of the class would begin to initialise SLF4J. A field of a named module may be closed to us. */
    private static int state(ClassLoader loader) {
        try {
            Field state = Class.forName(ClassWatch.SLF4J, false, loader).getDeclaredField("INITIALIZATION_STATE");
            try {
                state.setAccessible(true);
                return state.getInt(null);
            } catch (RuntimeException e) {
                return SUCCESSFUL;
            }
        } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
            return FAILED; // such as a web application that was stopped
        }
    }
}
