package dev.tlscope.agent.log;

import dev.tlscope.agent.listen.ClassWatch;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds the log that a line belongs into, among those that the application itself has begun to use: the SLF4J that the failing
 * thread's class loader has, that of the class path, the only one there is; else System.Logger or java.util.logging. Listeners' thread.
 */
final class LogTargets {
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** For a LoggerFinder, which the JDK uses for its own events, so that it is ready long before the application is. */
    private static final long FRESH_FINDER_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final ClassWatch watch;

    /** Stands for java.util.logging among those that were seen ready. */
    private final Object jul = new Object();

    /** Stands for the application's LoggerFinder among those that were seen ready. */
    private final Object finder = new Object();

    /** Whether the application was seen to use java.util.logging. It keeps loggers weakly: what is used once may be gone. */
    private boolean julUsed;

    /** When a log was first seen ready, by the class loader of SLF4J. */
    private final Map<Object, Long> firstReady = new WeakHashMap<>();

    /** SLF4J's loggers by class loader. Their own context keeps them, and we neither. */
    private final Map<ClassLoader, WeakReference<Object>> loggers = new WeakHashMap<>();

    LogTargets(ClassWatch watch) {
        this.watch = watch;
    }

    /**
     * The log for a line; null when there is none yet.
     *
     * @param application the context class loader of the thread that failed; null when it had none
     * @param patient whether to wait for an SLF4J that is loaded and not initialised yet
     */
    @Nullable
    LogTarget find(@Nullable ClassLoader application, boolean patient) throws Exception {
        List<ClassLoader> ready = new ArrayList<>();
        boolean coming = false;
        for (ClassLoader loader : watch.slf4jLoaders()) {
            if (Slf4jTarget.isReady(loader)) {
                if (patient && isFresh(loader, FRESH_NANOS)) {
                    coming = true;
                } else {
                    ready.add(loader);
                }
            } else {
                coming |= Slf4jTarget.isComing(loader);
            }
        }
        ClassLoader chosen = choose(ready, application);
        if (chosen != null) {
            return new Slf4jTarget(chosen, logger(chosen));
        }
        return coming && patient ? null : ofTheJdk(patient);
    }

    /**
     * A log is ready before the application has set it up. Its first line starts Log4j, and what is logged while another thread starts it
     * is lost. java.util.logging writes to the console until the application has set its handlers.
     */
    private boolean isFresh(Object log, long nanos) {
        long now = System.nanoTime();
        Long seen = firstReady.get(log);
        if (seen == null) {
            firstReady.put(log, now);
            return true;
        }
        return now - seen < nanos;
    }

    private @Nullable LogTarget ofTheJdk(boolean patient) throws ReflectiveOperationException {
        julUsed = julUsed || (watch.isLoaded(ClassWatch.ROOT_LOGGER) && JulTarget.isUsedByTheApplication());
        // without a LoggerFinder of the application, System.Logger leads to java.util.logging, and names us as the
        // caller
        if (watch.isLoaded(ClassWatch.LOGGER_FINDER) && SystemLoggerTarget.hasOwnFinder()) {
            boolean early = julUsed ? isFresh(jul, FRESH_NANOS) : isFresh(finder, FRESH_FINDER_NANOS);
            return patient && early ? null : SystemLoggerTarget.of();
        }
        return julUsed && !(patient && isFresh(jul, FRESH_NANOS)) ? new JulTarget() : null;
    }

    private static @Nullable ClassLoader choose(List<ClassLoader> ready, @Nullable ClassLoader application) {
        ClassLoader seen = seenBy(application, ready);
        if (seen == null) {
            seen = seenBy(ClassLoader.getSystemClassLoader(), ready);
        }
        return seen != null || ready.size() != 1 ? seen : ready.get(0);
    }

    /** The one whose SLF4J a loader would give its classes. Its class is loaded already, somewhere; none is initialised. */
    private static @Nullable ClassLoader seenBy(@Nullable ClassLoader by, List<ClassLoader> ready) {
        if (by == null || ready.isEmpty()) {
            return null;
        }
        try {
            ClassLoader defining = Class.forName(ClassWatch.SLF4J, false, by).getClassLoader();
            return ready.contains(defining) ? defining : null;
        } catch (ClassNotFoundException | LinkageError | RuntimeException e) {
            return null;
        }
    }

    private Object logger(ClassLoader loader) throws Exception {
        WeakReference<Object> known = loggers.get(loader);
        Object logger = known == null ? null : known.get();
        if (logger == null) {
            logger = Slf4jTarget.logger(loader);
            loggers.put(loader, new WeakReference<>(logger));
        }
        return logger;
    }
}
