package dev.tlscope.analyzer.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Times;
import dev.tlscope.capture.ConnectionEnding;
import java.io.IOException;

/** The first fields of every object about a handshake. Unknown values are null. */
public final class HandshakeHead {
    private HandshakeHead() {}

    public static void write(Handshake handshake, JsonGenerator json) throws IOException {
        json.writeStringField("file", handshake.file().toString());
        json.writeNumberField("connection", handshake.connection());
        json.writeStringField("time", Times.iso(handshake.timeNanos()));
        json.writeStringField("role", handshake.role());
        json.writeStringField("transport", handshake.transport());
        json.writeStringField("local", handshake.local());
        json.writeStringField("peer", handshake.peer());
        json.writeStringField("serverName", handshake.serverName());
        json.writeStringField("peerHost", handshake.peerHost());
        json.writeStringField("protocol", handshake.protocol());
        json.writeStringField("cipherSuite", handshake.cipherSuite());
        json.writeStringField("outcome", handshake.outcome());
        ConnectionEnding ending = handshake.result().ending();
        json.writeStringField("ending", ending == null ? null : ending.words());
        json.writeBooleanField("joinedLate", handshake.joinedLate());
    }
}
