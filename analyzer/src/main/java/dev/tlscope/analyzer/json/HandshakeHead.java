package dev.tlscope.analyzer.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tlscope.analyzer.model.Handshake;
import java.io.IOException;
import java.time.Instant;

/** What every object that is about a handshake begins with. What is not known is null. */
public final class HandshakeHead {
    private HandshakeHead() {}

    /** Writes the fields. */
    public static void write(Handshake handshake, JsonGenerator json) throws IOException {
        json.writeStringField("file", handshake.file().toString());
        json.writeNumberField("connection", handshake.connection());
        json.writeStringField("time", time(handshake.timeNanos()));
        json.writeStringField("role", handshake.role());
        json.writeStringField("transport", handshake.transport());
        json.writeStringField("local", handshake.local());
        json.writeStringField("peer", handshake.peer());
        json.writeStringField("serverName", handshake.serverName());
        json.writeStringField("peerHost", handshake.peerHost());
        json.writeStringField("protocol", handshake.protocol());
        json.writeStringField("cipherSuite", handshake.cipherSuite());
        json.writeStringField(
                "outcome", handshake.failed() ? "failed" : handshake.completed() ? "completed" : "unfinished");
        json.writeBooleanField("joinedLate", handshake.joinedLate());
    }

    /** ISO 8601, UTC, of nanoseconds since 1970-01-01T00:00:00Z. */
    public static String time(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L))
                .toString();
    }
}
