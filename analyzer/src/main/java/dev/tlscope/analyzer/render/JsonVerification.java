package dev.tlscope.analyzer.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tlscope.analyzer.json.HandshakeHead;
import dev.tlscope.analyzer.json.Json;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.protection.RecordCheck;
import dev.tlscope.analyzer.schedule.Check;
import dev.tlscope.analyzer.schedule.SecretRedaction;
import dev.tlscope.analyzer.verify.Verification;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;

/** JSON output of {@code verify}: an array with one object per connection. Unknown values are null. */
public final class JsonVerification implements VerificationReport {
    private final JsonGenerator json;
    private final SecretRedaction shown;

    public JsonVerification(PrintWriter out, SecretRedaction shown) throws IOException {
        this.shown = shown;
        json = Json.pretty(out);
        json.writeStartArray();
    }

    @Override
    public void verified(Verification verification) throws IOException {
        Handshake handshake = verification.handshake();
        json.writeStartObject();
        HandshakeHead.write(handshake, json);
        json.writeStringField(
                "verified",
                verification.firstDifference().isPresent() ? "no" : verification.isPartial() ? "partly" : "yes");
        json.writeStringField("firstDifference", verification.firstDifference().orElse(null));
        json.writeArrayFieldStart("checks");
        for (Check check : verification.checks()) {
            json.writeStartObject();
            json.writeStringField("name", check.name());
            json.writeStringField("verdict", check.verdict().name().toLowerCase(Locale.ROOT));
            json.writeStringField("captured", shown.value(check.captured(), check.secret()));
            json.writeStringField("computed", shown.value(check.computed(), check.secret()));
            json.writeNumberField("firstDifference", check.firstDifference());
            json.writeStringField("detail", check.detail());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("records");
        for (RecordCheck record : verification.records()) {
            write(record);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    @Override
    public void end() throws IOException {
        json.writeEndArray();
        json.writeRaw('\n');
        json.flush();
    }

    private void write(RecordCheck record) throws IOException {
        json.writeStartObject();
        json.writeStringField("direction", record.sent() ? "sent" : "received");
        json.writeNumberField("number", record.number());
        json.writeNumberField("epoch", record.epoch());
        json.writeNumberField("sequence", record.sequence());
        json.writeNumberField("foundSequence", record.foundSequence());
        json.writeNumberField("contentType", record.type());
        json.writeNumberField("innerContentType", record.innerType());
        json.writeNumberField("length", record.record().length);
        json.writeStringField("verdict", record.verdict().name().toLowerCase(Locale.ROOT));
        json.writeStringField("detail", record.detail());
        json.writeEndObject();
    }
}
