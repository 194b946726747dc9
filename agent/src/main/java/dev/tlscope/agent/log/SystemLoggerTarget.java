package dev.tlscope.agent.log;

import java.lang.reflect.Method;
import java.util.Map;

/** System.Logger, of JDK 9 and later, by reflection, for applications that bring a LoggerFinder. */
final class SystemLoggerTarget implements LogTarget {
    private final Object logger;
    private final Class<?> type;
    private final Class<?> levels;

    private SystemLoggerTarget() throws ReflectiveOperationException {
        type = Class.forName("java.lang.System$Logger");
        levels = Class.forName("java.lang.System$Logger$Level");
        logger = System.class.getMethod("getLogger", String.class).invoke(null, LogNames.LOGGER);
    }

    static SystemLoggerTarget of() throws ReflectiveOperationException {
        return new SystemLoggerTarget();
    }

    /** True when the application has brought a LoggerFinder, so that System.Logger does not need java.util.logging. */
    static boolean hasOwnFinder() {
        try {
            Object finder = Class.forName("java.lang.System$LoggerFinder")
                    .getMethod("getLoggerFinder")
                    .invoke(null);
            return finder != null && finder.getClass().getClassLoader() != null;
        } catch (ReflectiveOperationException | LinkageError e) {
            return false;
        }
    }

    @Override
    public String name() {
        return "System.Logger (" + logger.getClass().getName() + ")";
    }

    @Override
    public boolean takes(boolean warning) throws ReflectiveOperationException {
        return (Boolean) type.getMethod("isLoggable", levels).invoke(logger, level(warning));
    }

    @Override
    public void write(boolean warning, String line, Map<String, Object> values) throws ReflectiveOperationException {
        Method log = type.getMethod("log", levels, String.class);
        log.invoke(logger, level(warning), LogNames.withValues(line, values));
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the JDK's enum
    private Object level(boolean warning) {
        return Enum.valueOf((Class) levels, warning ? "WARNING" : "INFO");
    }
}
