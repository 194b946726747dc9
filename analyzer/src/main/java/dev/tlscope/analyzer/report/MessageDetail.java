package dev.tlscope.analyzer.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tlscope.analyzer.message.DecodedField;
import dev.tlscope.analyzer.message.DecodedMessage;
import dev.tlscope.analyzer.model.Message;
import dev.tlscope.tls.ContentType;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** A message with its fields and bytes, up to a limit. */
final class MessageDetail {
    private static final int MOST_BYTES = 4096;
    private static final int MOST_FIELDS = 600;
    private static final int MOST_DEPTH = 12;
    private static final int MOST_CHARACTERS = 400;

    private final JsonGenerator json;
    private int fields;

    MessageDetail(JsonGenerator json) {
        this.json = json;
    }

    /** Writes an object; {@code startNanos} is when its connection began. */
    void write(Message message, DecodedMessage decoded, long startNanos) throws IOException {
        byte[] bytes = message.bytes();
        json.writeStartObject();
        json.writeBooleanField("sent", message.sent());
        json.writeBooleanField("alert", message.contentType() == ContentType.ALERT);
        json.writeStringField("name", decoded.name());
        json.writeNumberField("t", Math.max(0, (message.timeNanos() - startNanos) / 1000));
        json.writeNumberField("size", bytes.length);
        Optional<DecodedField> description = decoded.find("description");
        if (description.isPresent()) {
            json.writeStringField("note", description.get().value());
        }
        json.writeFieldName("fields");
        write(decoded.fields(), 0);
        json.writeStringField("hex", HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, MOST_BYTES)));
        json.writeNumberField("cut", Math.max(0, bytes.length - MOST_BYTES));
        json.writeEndObject();
    }

    private void write(List<DecodedField> level, int depth) throws IOException {
        json.writeStartArray();
        for (DecodedField field : level) {
            if (++fields > MOST_FIELDS) {
                break;
            }
            json.writeStartArray();
            json.writeString(cut(field.name()));
            json.writeString(
                    switch (field.kind()) {
                        case BYTES -> "b";
                        case MALFORMED -> "m";
                        default -> "";
                    });
            json.writeString(cut(field.value()));
            if (!field.children().isEmpty() && depth < MOST_DEPTH) {
                write(field.children(), depth + 1);
            }
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    private static String cut(String value) {
        return value.length() <= MOST_CHARACTERS
                ? value
                : value.substring(0, MOST_CHARACTERS) + "... (" + value.length() + " characters)";
    }
}
