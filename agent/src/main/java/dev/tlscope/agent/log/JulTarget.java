package dev.tlscope.agent.log;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** java.util.logging, with whatever log manager the JVM has. The first use of this class is the first of java.util.logging's. */
final class JulTarget implements LogTarget {
    private static final List<String> OF_THE_JDK =
            Arrays.asList("java.", "javax.", "jdk.", "sun.", "com.sun.", "org.jcp.");

    private final Logger logger = Logger.getLogger(LogNames.LOGGER);

    /**
     * True when there is a logger that the JDK has not made. The JDK logs its own security events and completed handshakes here, so that
     * java.util.logging is there in applications that never use it, with a handler that writes to the console. It is in use already when
     * this is called.
     */
    static boolean isUsedByTheApplication() {
        return isUsedByTheApplication(
                Collections.list(LogManager.getLogManager().getLoggerNames()));
    }

    static boolean isUsedByTheApplication(Iterable<String> loggers) {
        for (String logger : loggers) {
            if (!isOfTheJdkOrOurs(logger)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfTheJdkOrOurs(String logger) {
        if (logger.isEmpty() || logger.equals(Logger.GLOBAL_LOGGER_NAME) || logger.equals(LogNames.LOGGER)) {
            return true;
        }
        for (String start : OF_THE_JDK) {
            if (logger.startsWith(start)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String name() {
        return "java.util.logging (" + logger.getClass().getName() + ")";
    }

    @Override
    public boolean takes(boolean warning) {
        return logger.isLoggable(level(warning));
    }

    @Override
    public void write(boolean warning, String line, Map<String, Object> values) {
        LogRecord record = new LogRecord(level(warning), LogNames.withValues(line, values));
        record.setLoggerName(LogNames.LOGGER);
        record.setSourceClassName(LogNames.LOGGER); // else it looks for its caller, which is a class of ours
        record.setSourceMethodName("");
        logger.log(record);
    }

    private static Level level(boolean warning) {
        return warning ? Level.WARNING : Level.INFO;
    }
}
