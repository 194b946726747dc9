package dev.tlscope.agent.jsse;

import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import org.jspecify.annotations.Nullable;

/** The session that a client offered or a server accepted to resume (SSLSessionImpl). */
final class Sessions {
    private static final long NANOS_PER_MILLI = 1_000_000L;

    private static final JsseField RESUMING = new JsseField("resumingSession");
    private static final JsseField SESSION_ID = new JsseField("sessionId");
    private static final JsseField ID_BYTES = new JsseField("sessionId");
    private static final JsseField CREATED = new JsseField("creationTime");

    private Sessions() {}

    /** @param started when the agent came, nanoseconds since 1970-01-01T00:00:00Z */
    static void put(Event event, @Nullable Object handshake, long started) {
        Object session = RESUMING.get(handshake);
        Object created = CREATED.get(session);
        if (session == null || !(created instanceof Long)) {
            return;
        }
        byte[] id = (byte[]) ID_BYTES.get(SESSION_ID.get(session));
        event.put(Field.SESSION_ID, id == null ? null : id.clone())
                .put(Field.SESSION_CREATED, (Long) created * NANOS_PER_MILLI);
        if ((Long) created < started / NANOS_PER_MILLI) {
            event.put(Field.SESSION_PREDATES, 1);
        }
    }
}
