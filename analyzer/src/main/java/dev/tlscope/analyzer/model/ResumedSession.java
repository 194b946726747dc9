package dev.tlscope.analyzer.model;

import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A session that the client offered or the server accepted.
 *
 * @param id lower-case hex; empty when it has none
 * @param createdNanos nanoseconds since 1970-01-01T00:00:00Z
 * @param predatesCapture true when its full handshake was before the agent was attached
 * @param resumed true when the handshake resumed it
 */
public record ResumedSession(String id, long createdNanos, boolean predatesCapture, boolean resumed) {
    /** The session in a HANDSHAKE or FAILURE event; null when there is none. */
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
