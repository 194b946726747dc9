package dev.tlscope.analyzer.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tlscope.analyzer.model.Flights;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Message;
import dev.tlscope.tls.AlertDescription;
import dev.tlscope.tls.ContentType;
import java.io.IOException;

/** The messages of a handshake: which, when, how long. */
final class MessagesJson {
    private MessagesJson() {}

    static void write(Handshake handshake, JsonGenerator json) throws IOException {
        Flights flights = new Flights();
        json.writeStartArray();
        for (Message message : handshake.messages()) {
            json.writeStartObject();
            json.writeStringField("name", message.name());
            json.writeStringField("direction", message.sent() ? "sent" : "received");
            json.writeNumberField("sinceNanos", message.timeNanos() - handshake.timeNanos());
            json.writeNumberField("length", message.bytes().length);
            int flight = flights.next(message.sent());
            if (handshake.joinedLate()) {
                json.writeNullField("flight");
            } else {
                json.writeNumberField("flight", flight);
            }
            if (message.contentType() == ContentType.ALERT && message.bytes().length == 2) {
                json.writeStringField("alert", AlertDescription.nameOf(message.bytes()[1] & 0xff));
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
