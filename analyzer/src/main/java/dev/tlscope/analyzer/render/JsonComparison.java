package dev.tlscope.analyzer.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tlscope.analyzer.compare.Comparison;
import dev.tlscope.analyzer.compare.Difference;
import dev.tlscope.analyzer.compare.MessagePair;
import dev.tlscope.analyzer.compare.RecordPair;
import dev.tlscope.analyzer.compare.SecretPair;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.json.Json;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Times;
import dev.tlscope.analyzer.schedule.SecretRedaction;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * JSON output of {@code diff}: an array with one object per connection that both ends have. Unknown values are null.
 */
public final class JsonComparison implements ComparisonReport {
    private final JsonGenerator json;
    private final SecretRedaction shown;

    public JsonComparison(PrintWriter out, SecretRedaction shown) throws IOException {
        this.shown = shown;
        json = Json.pretty(out);
        json.writeStartArray();
    }

    @Override
    public void compared(Comparison comparison, @Nullable Finding cause) throws IOException {
        Handshake client = comparison.ends().client();
        json.writeStartObject();
        end("client", client);
        end("server", comparison.ends().server());
        json.writeStringField("time", Times.iso(client.timeNanos()));
        json.writeStringField("protocol", client.protocol());
        json.writeStringField("cipherSuite", client.cipherSuite());
        json.writeStringField("cause", cause == null ? null : cause.cause().id());
        json.writeStringField(
                "confidence", cause == null ? null : cause.confidence().name().toLowerCase(Locale.ROOT));
        json.writeStringField("summary", cause == null ? null : cause.summary());
        json.writeBooleanField("differs", !comparison.meanings().isEmpty());
        json.writeArrayFieldStart("means");
        for (Difference meaning : comparison.meanings()) {
            json.writeStartObject();
            json.writeStringField("id", meaning.id());
            json.writeStringField("text", meaning.text());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("messages");
        for (MessagePair pair : comparison.messages()) {
            write(pair);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("records");
        for (RecordPair pair : comparison.records()) {
            write(pair);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("secrets");
        for (SecretPair pair : comparison.secrets()) {
            json.writeStartObject();
            json.writeNumberField("handshake", pair.handshake());
            json.writeStringField("label", pair.label());
            json.writeBooleanField("differs", pair.differs());
            json.writeBooleanField("afterFailure", pair.afterFailure());
            json.writeStringField("client", shown.value(pair.client(), true));
            json.writeStringField("server", shown.value(pair.server(), true));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    @Override
    public void end(long alone) throws IOException {
        json.writeEndArray();
        json.writeRaw('\n');
        json.flush();
    }

    private void end(String role, Handshake handshake) throws IOException {
        json.writeObjectFieldStart(role);
        json.writeStringField("file", handshake.file().toString());
        json.writeNumberField("connection", handshake.connection());
        json.writeEndObject();
    }

    private void write(MessagePair pair) throws IOException {
        json.writeStartObject();
        json.writeStringField("direction", direction(pair.byClient()));
        json.writeNumberField("number", pair.number());
        json.writeStringField("name", pair.name());
        json.writeBooleanField("sent", pair.sent() != null);
        json.writeBooleanField("received", pair.received() != null);
        json.writeBooleanField("differs", pair.differs());
        json.writeNumberField("offset", pair.offset());
        json.writeStringField("field", pair.differs() ? pair.path() : null);
        json.writeStringField("sentValue", pair.differs() ? pair.value(false) : null);
        json.writeStringField("receivedValue", pair.differs() ? pair.value(true) : null);
        json.writeEndObject();
    }

    private void write(RecordPair pair) throws IOException {
        RecordPair.Place origin = pair.origin();
        byte[] sent = pair.sent();
        byte[] received = pair.received();
        json.writeStartObject();
        json.writeStringField("direction", direction(pair.byClient()));
        json.writeStringField("fate", pair.fate().name().toLowerCase(Locale.ROOT));
        json.writeNumberField("epoch", pair.place().epoch());
        json.writeNumberField("sequence", pair.place().sequence());
        json.writeFieldName("origin");
        if (origin == null) {
            json.writeNull();
        } else {
            json.writeStartObject();
            json.writeNumberField("epoch", origin.epoch());
            json.writeNumberField("sequence", origin.sequence());
            json.writeEndObject();
        }
        json.writeNumberField("lengthSent", sent == null ? -1 : sent.length);
        json.writeNumberField("lengthReceived", received == null ? -1 : received.length);
        json.writeNumberField("offset", pair.offset());
        json.writeEndObject();
    }

    private static String direction(boolean byClient) {
        return byClient ? "client to server" : "server to client";
    }
}
