package dev.tlscope.agent.log;

import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** java.util.logging, with whatever log manager the JVM has. The first use of this class is the first of java.util.logging's. */
final class JulTarget implements LogTarget {
    private final Logger logger = Logger.getLogger(LogNames.LOGGER);

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
