package dev.tlscope.analyzer.model;

import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A session offered by the client or accepted by the server.
 *
 * @param id lower-case hex; empty when it has none
 * @param createdNanos nanoseconds since 1970-01-01T00:00:00Z
 * @param predatesCapture true when its full handshake was before the agent came
 * @param resumed true when the handshake did resume it
 */
public record ResumedSession(String id, long createdNanos, boolean predatesCapture, boolean resumed) {
    /** Of a HANDSHAKE or FAILURE event; null when there was none. */
    static @Nullable ResumedSession of(Event event) {
        byte[] id = event.bytes(Field.SESSION_ID);
        return event.has(Field.SESSION_CREATED)
                ? new ResumedSession(
                        id == null ? "" : HexFormat.of().formatHex(id),
                        event.number(Field.SESSION_CREATED, 0),
                        event.flag(Field.SESSION_PREDATES),
                        event.flag(Field.RESUMED))
                : null;
    }
}
