package dev.tlscope.analyzer.model;

import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.ContentType;
import org.jspecify.annotations.Nullable;

/**
 * Joins a failure with the fatal alert that this side sent because of it: an SSLEngine of another provider throws first, and
 * produces the alert at the next wrap. JSSE's own FAILURE has its alert.
 */
final class AlertAfterFailure {
    private static final int FATAL = 2;

    /** The failure with the alert, if the message is one; the failure as it is otherwise. */
    @Nullable
    Event join(@Nullable Event failure, @Nullable Event description, Event message) {
        byte[] bytes = message.bytes(Field.BYTES);
        if (failure == null || description == null || bytes == null || bytes.length != 2) {
            return failure;
        }
        boolean fits = "provider".equals(description.text(Field.STACK))
                && failure.isSent()
                && !failure.has(Field.ALERT)
                && message.isSent()
                && message.number(Field.CONTENT_TYPE, 0) == ContentType.ALERT
                && bytes[0] == FATAL;
        if (!fits) {
            return failure;
        }
        Event joined = new Event(failure.type(), failure.connection(), failure.timeNanos());
        for (int i = 0; i < failure.size(); i++) {
            Field field = failure.field(i);
            switch (field.kind()) {
                case TEXT -> joined.put(field, (String) failure.value(i));
                case NUMBER -> joined.put(field, (Long) failure.value(i));
                case BYTES -> joined.put(field, (byte[]) failure.value(i));
            }
        }
        return joined.put(Field.LEVEL, FATAL).put(Field.ALERT, bytes[1] & 0xff);
    }
}
