package dev.tlscope.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** {@code TIME LEVEL LOGGER MESSAGE}, the time in UTC to the millisecond, the level by SLF4J's name. */
final class LogLine extends Formatter {
    @Override
    public String format(LogRecord record) {
        StringWriter line = new StringWriter();
        PrintWriter out = new PrintWriter(line);
        out.println(Instant.ofEpochMilli(record.getMillis()) + " " + level(record.getLevel()) + " "
                + record.getLoggerName() + " " + formatMessage(record));
        if (record.getThrown() != null) {
            record.getThrown().printStackTrace(out);
        }
        out.flush();
        return line.toString();
    }

    private static String level(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (level.intValue() >= Level.WARNING.intValue()) {
            return "WARN";
        }
        return level.intValue() >= Level.INFO.intValue() ? "INFO" : "DEBUG";
    }
}
