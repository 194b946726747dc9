package dev.tlscope.analyzer.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Hello;
import dev.tlscope.analyzer.model.NegotiatedParameters;
import dev.tlscope.analyzer.model.ResumedSession;
import dev.tlscope.analyzer.model.Times;
import dev.tlscope.analyzer.registry.NamedGroups;
import dev.tlscope.analyzer.registry.SignatureSchemes;
import dev.tlscope.tls.AlertDescription;
import java.io.IOException;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** One handshake as a JSON object: src/docs/export-schema.json. */
public final class HandshakeJson {
    private final JsonGenerator json;
    private final @Nullable EventsJson events;

    /**
     * Writes to a generator.
     *
     * @param events writes all captured events as well; null for the usual fields only
     */
    public HandshakeJson(JsonGenerator json, @Nullable EventsJson events) {
        this.json = json;
        this.events = events;
    }

    /**
     * Writes the object of a handshake.
     *
     * @param finding why it failed; null when it did not
     */
    public void write(Handshake handshake, @Nullable Finding finding) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", "handshake");
        HandshakeHead.write(handshake, json);
        OptionalLong duration = handshake.durationNanos();
        if (duration.isPresent()) {
            json.writeNumberField("durationNanos", duration.getAsLong());
        } else {
            json.writeNullField("durationNanos");
        }
        json.writeStringField(
                "applicationProtocol", handshake.applicationProtocol().orElse(null));
        NegotiatedParameters agreement = NegotiatedParameters.of(handshake);
        write("namedGroup", agreement.namedGroup(), NamedGroups::nameOf);
        write("signatureScheme", agreement.signatureScheme(), SignatureSchemes::nameOf);
        write(handshake.session());
        writeFailure(handshake, finding);
        json.writeFieldName("clientHello");
        Hello hello = handshake.clientHello().orElse(null);
        if (hello == null) {
            json.writeNull();
        } else {
            HelloJson.write(hello, json);
        }
        json.writeFieldName("clientCertificates");
        ChainJson.write(handshake.certificates(handshake.isClient()), json);
        json.writeFieldName("serverCertificates");
        ChainJson.write(handshake.certificates(!handshake.isClient()), json);
        json.writeFieldName("messages");
        MessagesJson.write(handshake, json);
        if (events != null) {
            events.write(handshake);
        }
        json.writeEndObject();
    }

    private void write(String name, OptionalInt number, IntFunction<String> names) throws IOException {
        json.writeStringField(name, number.isPresent() ? names.apply(number.getAsInt()) : null);
    }

    private void write(@Nullable ResumedSession session) throws IOException {
        if (session == null) {
            json.writeNullField("session");
            return;
        }
        json.writeObjectFieldStart("session");
        json.writeStringField("id", session.id());
        json.writeStringField("created", Times.iso(session.createdNanos()));
        json.writeBooleanField("predatesCapture", session.predatesCapture());
        json.writeBooleanField("resumed", session.resumed());
        json.writeEndObject();
    }

    private void writeFailure(Handshake handshake, @Nullable Finding finding) throws IOException {
        if (finding == null) {
            json.writeNullField("failure");
            return;
        }
        json.writeObjectFieldStart("failure");
        json.writeStringField("direction", handshake.alertReceived() ? "received" : "sent");
        json.writeStringField("alert", handshake.alert() < 0 ? null : AlertDescription.nameOf(handshake.alert()));
        FindingJson.write(finding, json);
        json.writeEndObject();
    }
}
