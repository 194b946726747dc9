package dev.tlscope.analyzer.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.tlscope.analyzer.model.Flights;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Message;
import dev.tlscope.tls.AlertDescription;
import dev.tlscope.tls.ContentType;
import java.io.IOException;

/** Writes the messages of a handshake: name, time and length. */
final class MessagesJson {
    // Encoded once, because a handshake has a dozen messages.
    private static final SerializableString NAME = new SerializedString("name");
    private static final SerializableString DIRECTION = new SerializedString("direction");
    private static final SerializableString SENT = new SerializedString("sent");
    private static final SerializableString RECEIVED = new SerializedString("received");
    private static final SerializableString SINCE_NANOS = new SerializedString("sinceNanos");
    private static final SerializableString LENGTH = new SerializedString("length");
    private static final SerializableString FLIGHT = new SerializedString("flight");

    private MessagesJson() {}

    static void write(Handshake handshake, JsonGenerator json) throws IOException {
        Flights flights = new Flights();
        json.writeStartArray();
        for (Message message : handshake.messages()) {
            json.writeStartObject();
            json.writeFieldName(NAME);
            json.writeString(message.name());
            json.writeFieldName(DIRECTION);
            json.writeString(message.sent() ? SENT : RECEIVED);
            json.writeFieldName(SINCE_NANOS);
            json.writeNumber(message.timeNanos() - handshake.timeNanos());
            json.writeFieldName(LENGTH);
            json.writeNumber(message.bytes().length);
            int flight = flights.next(message.sent());
            json.writeFieldName(FLIGHT);
            if (handshake.joinedLate()) {
                json.writeNull();
            } else {
                json.writeNumber(flight);
            }
            if (message.contentType() == ContentType.ALERT && message.bytes().length == 2) {
                json.writeStringField("alert", AlertDescription.nameOf(message.bytes()[1] & 0xff));
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
