package dev.tlscope.cli;

import java.util.List;
import java.util.Map;

/** JSON of texts, numbers, lists and maps: the attach client runs on Java 8 and has no library for it. */
final class JsonText {
    private JsonText() {}

    /** A value; null is null, and what is none of these is its text. */
    static String of(@org.jspecify.annotations.Nullable Object value) {
        StringBuilder json = new StringBuilder();
        write(value, "\n", json);
        return json.toString();
    }

    private static void write(@org.jspecify.annotations.Nullable Object value, String line, StringBuilder json) {
        if (value == null || value instanceof Number || value instanceof Boolean) {
            json.append(value);
        } else if (value instanceof Map) {
            write('{', '}', ((Map<?, ?>) value).entrySet().toArray(), line, json);
        } else if (value instanceof List) {
            write('[', ']', ((List<?>) value).toArray(), line, json);
        } else if (value instanceof Map.Entry) {
            Map.Entry<?, ?> entry = (Map.Entry<?, ?>) value;
            quote(String.valueOf(entry.getKey()), json);
            json.append(": ");
            write(entry.getValue(), line, json);
        } else {
            quote(value.toString(), json);
        }
    }

    private static void write(char open, char close, Object[] values, String line, StringBuilder json) {
        json.append(open);
        for (int at = 0; at < values.length; at++) {
            json.append(at == 0 ? "" : ",").append(line).append("  ");
            write(values[at], line + "  ", json);
        }
        json.append(values.length == 0 ? "" : line).append(close);
    }

    private static void quote(String text, StringBuilder json) {
        json.append('"');
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
