package dev.tlscope.analyzer.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tlscope.analyzer.message.DecodedField;
import dev.tlscope.analyzer.message.DecodedMessage;
import dev.tlscope.analyzer.message.MessageDecoder;
import dev.tlscope.analyzer.model.AliasChoices;
import dev.tlscope.analyzer.model.AliasVerdict;
import dev.tlscope.analyzer.model.Configuration;
import dev.tlscope.analyzer.model.EventValues;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.MessagePlaces;
import dev.tlscope.analyzer.model.PolicyRemoval;
import dev.tlscope.analyzer.model.Times;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** All captured events of a handshake, with decoded messages: src/docs/export-schema.json. */
public final class EventsJson {
    private final JsonGenerator json;
    private final boolean hex;
    private final boolean secrets;

    /**
     * Writes to a generator.
     *
     * @param hex whether to write the bytes of records
     * @param secrets whether to write the values of secrets
     */
    public EventsJson(JsonGenerator json, boolean hex, boolean secrets) {
        this.json = json;
        this.hex = hex;
        this.secrets = secrets;
    }

    /** Writes fields into a handshake's object. */
    void write(Handshake handshake) throws IOException {
        writeRemovals(handshake);
        writeAliases(handshake);
        json.writeNumberField("eventsLeftOut", handshake.capturedEvents().leftOut());
        json.writeArrayFieldStart("events");
        MessageDecoder decoder = handshake.decoder();
        MessagePlaces places = MessagePlaces.of(handshake);
        for (Event event : handshake.events()) {
            write(event, decoder, places);
        }
        json.writeEndArray();
    }

    /** Writes an object for an event of the capture itself, such as a configuration that handshakes refer to. */
    public void write(Path file, Event event) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", "capture");
        json.writeStringField("file", file.toString());
        json.writeFieldName("event");
        write(event, new MessageDecoder(), null);
        json.writeEndObject();
    }

    private void writeRemovals(Handshake handshake) throws IOException {
        json.writeArrayFieldStart("removedByPolicy");
        Configuration configuration = handshake.configuration();
        for (PolicyRemoval removal :
                configuration == null ? List.<PolicyRemoval>of() : PolicyRemoval.of(configuration)) {
            json.writeStartObject();
            json.writeStringField("kind", removal.kind().name().toLowerCase(Locale.ROOT));
            json.writeStringField("name", removal.name());
            json.writeStringField("property", removal.property());
            json.writeStringField("entry", removal.entry());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeAliases(Handshake handshake) throws IOException {
        json.writeArrayFieldStart("aliases");
        for (AliasVerdict alias : AliasChoices.of(handshake)) {
            json.writeStartObject();
            json.writeStringField("alias", alias.alias());
            json.writeBooleanField("chosen", alias.chosen());
            json.writeStringField("reason", alias.reason().name().toLowerCase(Locale.ROOT));
            json.writeStringField("detail", alias.detail());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void write(Event event, MessageDecoder decoder, @Nullable MessagePlaces places) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", EventValues.nameOf(event.type()));
        json.writeStringField("time", Times.iso(event.timeNanos()));
        json.writeArrayFieldStart("values");
        for (int i = 0; i < event.size(); i++) {
            Field field = event.field(i);
            json.writeStartObject();
            json.writeStringField("name", EventValues.nameOf(field));
            writeValue(event, field, event.value(i));
            json.writeEndObject();
        }
        json.writeEndArray();
        byte[] bytes = event.bytes(Field.BYTES);
        if (event.type() == EventType.MESSAGE && bytes != null) {
            write(decoder.decode((int) event.number(Field.CONTENT_TYPE, 0), bytes));
        }
        if (event.type() == EventType.MESSAGE && places != null) {
            write(event, places);
        }
        json.writeEndObject();
    }

    private void write(Event message, MessagePlaces places) throws IOException {
        if (places.flight(message).isPresent()) {
            json.writeNumberField("flight", places.flight(message).getAsInt());
        } else {
            json.writeNullField("flight");
        }
        json.writeArrayFieldStart("records");
        for (long record : places.records(message)) {
            json.writeNumber(record);
        }
        json.writeEndArray();
    }

    private void writeValue(Event event, Field field, Object value) throws IOException {
        if (value instanceof Long number) {
            json.writeNumberField("value", number);
        } else if (value instanceof byte[] bytes) {
            json.writeNumberField("length", bytes.length);
            boolean kept = EventValues.isSecret(event.type(), field)
                    ? secrets
                    : hex || field != Field.BYTES || event.type() != EventType.RECORD;
            json.writeStringField("value", kept ? HexFormat.of().formatHex(bytes) : null);
        } else {
            json.writeStringField("value", (String) value);
        }
    }

    private void write(DecodedMessage message) throws IOException {
        json.writeObjectFieldStart("message");
        json.writeStringField("name", message.name());
        json.writeBooleanField("malformed", !message.problems().isEmpty());
        if (!message.problems().isEmpty()) {
            json.writeArrayFieldStart("problems");
            for (DecodedField problem : message.problems()) {
                json.writeStartObject();
                json.writeNumberField("offset", problem.offset());
                json.writeStringField("path", pathTo(message, problem));
                json.writeStringField("what", problem.value());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        writeFields(message.fields());
        json.writeEndObject();
    }

    /** The path of a malformed field: the names of the fields that contain it. */
    private static String pathTo(DecodedMessage message, DecodedField problem) {
        String path = message.pathAt(problem.offset());
        int last = path.lastIndexOf(problem.name());
        return last < 0 ? path : path.substring(0, Math.max(0, last - 1));
    }

    private void writeFields(List<DecodedField> fields) throws IOException {
        json.writeArrayFieldStart("fields");
        for (DecodedField field : fields) {
            json.writeStartObject();
            json.writeStringField("name", field.name());
            json.writeStringField("kind", field.kind().name().toLowerCase(Locale.ROOT));
            json.writeNumberField("offset", field.offset());
            json.writeNumberField("length", field.length());
            if (field.number() >= 0) {
                json.writeNumberField("number", field.number());
            }
            if (field.kind() == DecodedField.Kind.GROUP) {
                writeFields(field.children());
            } else {
                json.writeStringField("value", field.value());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
