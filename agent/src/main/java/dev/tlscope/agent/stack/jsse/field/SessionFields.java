package dev.tlscope.agent.stack.jsse.field;

import dev.tlscope.agent.reflect.JdkField;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import org.jspecify.annotations.Nullable;

/** The session that a client offered to resume, or that a server resumes (SSLSessionImpl). */
public final class SessionFields {
    private static final long NANOS_PER_MILLI = 1_000_000L;

    private static final JdkField RESUMING = new JdkField("resumingSession");
    private static final JdkField SESSION_ID = new JdkField("sessionId");
    private static final JdkField ID_BYTES = new JdkField("sessionId");
    private static final JdkField CREATED = new JdkField("creationTime");

    private SessionFields() {}

    /**
     * Writes the session that is being resumed into an event; writes nothing in a full handshake.
     *
     * @param started when the agent was attached, nanoseconds since 1970-01-01T00:00:00Z
     */
    public static void put(Event event, @Nullable Object handshake, long started) {
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
