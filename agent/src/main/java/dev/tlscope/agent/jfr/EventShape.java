package dev.tlscope.agent.jfr;

import dev.tlscope.agent.outcome.OutcomeName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One of our JFR event types: its name and its fields, in the order in which their values are given. */
final class EventShape {
    static final String START = "handshakeStart";
    static final String DURATION = "handshakeDuration";

    final String name;
    final String label;
    final String description;
    final List<FieldShape> fields = new ArrayList<>();

    EventShape(String name, String label, String description) {
        this.name = name;
        this.label = label;
        this.description = description;
    }

    /** Adds the fields of what is said of every handshake, or every failure. */
    EventShape outcome(boolean failure) {
        field(START, 'J', "Handshake Start", "first event of the handshake", "Timestamp", "MILLISECONDS_SINCE_EPOCH");
        field(DURATION, 'J', "Handshake Duration", "from its first event to its end", "Timespan", "NANOSECONDS");
        for (OutcomeName each : OutcomeName.values()) {
            if (has(failure, each)) {
                field(each.jfr(), type(each), label(each.jfr()), each.description(), null, null);
            }
        }
        return this;
    }

    EventShape text(String field, String what) {
        return field(field, 'L', label(field), what, null, null);
    }

    EventShape number(String field, String what) {
        return field(field, 'J', label(field), what, null, null);
    }

    /** A time in milliseconds since 1970-01-01T00:00:00Z. */
    EventShape time(String field, String what) {
        return field(field, 'J', label(field), what, "Timestamp", "MILLISECONDS_SINCE_EPOCH");
    }

    /** Whether an event has a field of that name. */
    static boolean has(boolean failure, OutcomeName name) {
        switch (name) {
            case RESUMED:
                return !failure;
            case ERROR_TYPE:
            case ERROR_MESSAGE:
            case CERTAIN:
            case ALERT:
            case ALERT_DIRECTION:
            case EXCEPTION_TYPE:
            case EXCEPTION_MESSAGE:
            case THREAD:
                return failure;
            default:
                return true;
        }
    }

    private EventShape field(
            String field, char type, String title, String what, @Nullable String annotation, @Nullable String value) {
        fields.add(new FieldShape(field, type, title, what, annotation, value));
        return this;
    }

    private static char type(OutcomeName name) {
        switch (name.kind()) {
            case NUMBER:
                return 'J';
            case FLAG:
                return 'Z';
            default:
                return 'L';
        }
    }

    /** {@code tlsProtocolVersion} as {@code Tls Protocol Version}. */
    private static String label(String field) {
        StringBuilder label = new StringBuilder();
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (i == 0) {
                label.append(Character.toUpperCase(c));
            } else {
                label.append(Character.isUpperCase(c) ? " " : "").append(c);
            }
        }
        return label.toString();
    }

    /** A field: its type is J for long, Z for boolean, L for String. */
    static final class FieldShape {
        final String name;
        final char type;
        final String label;
        final String description;
        final @Nullable String annotation;
        final @Nullable String value;

        FieldShape(
                String name,
                char type,
                String label,
                String description,
                @Nullable String annotation,
                @Nullable String value) {
            this.name = name;
            this.type = type;
            this.label = label;
            this.description = description;
            this.annotation = annotation;
            this.value = value;
        }

        String descriptor() {
            return type == 'L' ? "Ljava/lang/String;" : String.valueOf(type);
        }
    }
}
