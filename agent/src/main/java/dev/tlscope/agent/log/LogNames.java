package dev.tlscope.agent.log;

import java.util.Map;

/** The logger's name, and values as text where a logger takes text alone. */
final class LogNames {
    static final String LOGGER = "dev.tlscope";

    private LogNames() {}

    /** {@code line {name=value, ...}}; a value with blanks is quoted. */
    static String withValues(String line, Map<String, Object> values) {
        StringBuilder text = new StringBuilder(line).append(" {");
        String comma = "";
        for (Map.Entry<String, Object> entry : values.entrySet()) {
            String value = entry.getValue().toString();
            boolean plain = value.indexOf(' ') < 0 && value.indexOf(',') < 0;
            text.append(comma).append(entry.getKey()).append('=');
            text.append(plain ? value : '"' + value.replace('"', '\'') + '"');
            comma = ", ";
        }
        return text.append('}').toString();
    }
}
