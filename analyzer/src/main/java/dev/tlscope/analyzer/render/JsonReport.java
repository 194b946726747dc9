package dev.tlscope.analyzer.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tlscope.analyzer.cause.Candidate;
import dev.tlscope.analyzer.cause.Evidence;
import dev.tlscope.analyzer.cause.Finding;
import dev.tlscope.analyzer.cause.Reference;
import dev.tlscope.analyzer.cause.Warning;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.tls.AlertDescription;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** For programs: an array of objects, one a handshake, written as they come. What is not known is null. */
public final class JsonReport implements Report {
    private final JsonGenerator json;

    public JsonReport(PrintWriter out) throws IOException {
        json = PrettyJson.on(out);
        json.writeStartArray();
    }

    @Override
    public void failed(Handshake handshake, Finding finding) throws IOException {
        write(handshake, finding);
    }

    @Override
    public void completed(Handshake handshake) throws IOException {
        write(handshake, null);
    }

    @Override
    public void passed(long completed, long unfinished) {
        // what is not listed is not counted either
    }

    @Override
    public void warned(Warning warning) throws IOException {
        json.writeStartObject();
        json.writeStringField("file", warning.file().toString());
        json.writeNumberField("connection", 0);
        json.writeStringField("time", Times.of(warning.timeNanos()).toString());
        for (String unknown : List.of(
                "role", "transport", "local", "peer", "serverName", "protocol", "cipherSuite", "joinedLate", "alert")) {
            json.writeNullField(unknown);
        }
        json.writeStringField("outcome", "warning");
        writeFinding(warning.finding());
        json.writeEndObject();
    }

    @Override
    public void end() throws IOException {
        json.writeEndArray();
        json.writeRaw('\n');
        json.flush();
    }

    private void write(Handshake handshake, @Nullable Finding finding) throws IOException {
        json.writeStartObject();
        json.writeStringField("file", handshake.file().toString());
        json.writeNumberField("connection", handshake.connection());
        json.writeStringField("time", Times.of(handshake.timeNanos()).toString());
        json.writeStringField("role", handshake.role());
        json.writeStringField("transport", handshake.transport());
        json.writeStringField("local", handshake.local());
        json.writeStringField("peer", handshake.peer());
        json.writeStringField("serverName", handshake.serverName());
        json.writeStringField("protocol", handshake.protocol());
        json.writeStringField("cipherSuite", handshake.cipherSuite());
        json.writeStringField(
                "outcome", handshake.failed() ? "failed" : handshake.completed() ? "completed" : "unfinished");
        json.writeBooleanField("joinedLate", handshake.joinedLate());
        writeAlert(handshake);
        writeFinding(finding);
        json.writeEndObject();
    }

    private void writeFinding(@Nullable Finding finding) throws IOException {
        json.writeStringField("cause", finding == null ? null : finding.cause());
        json.writeStringField(
                "confidence",
                finding == null ? null : finding.confidence().name().toLowerCase(Locale.ROOT));
        json.writeStringField("summary", finding == null ? null : finding.summary());
        json.writeArrayFieldStart("evidence");
        for (Evidence fact : finding == null ? List.<Evidence>of() : finding.evidence()) {
            json.writeStartObject();
            json.writeStringField("what", fact.what());
            json.writeStringField("value", fact.value());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("fix");
        for (String step : finding == null ? List.<String>of() : finding.fix()) {
            json.writeString(step);
        }
        json.writeEndArray();
        writeCandidates(finding);
        writeReferences(finding);
    }

    /** Causes that the evidence leaves open beside the first. */
    private void writeCandidates(@Nullable Finding finding) throws IOException {
        json.writeArrayFieldStart("candidates");
        for (Candidate candidate : finding == null ? List.<Candidate>of() : finding.candidates()) {
            json.writeStartObject();
            json.writeStringField("cause", candidate.cause());
            json.writeStringField("confidence", candidate.confidence().name().toLowerCase(Locale.ROOT));
            json.writeStringField("decides", candidate.decides());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeReferences(@Nullable Finding finding) throws IOException {
        json.writeArrayFieldStart("references");
        for (Reference reference : finding == null ? List.<Reference>of() : finding.references()) {
            json.writeStartObject();
            json.writeStringField("section", reference.toString());
            json.writeStringField("url", reference.url());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeAlert(Handshake handshake) throws IOException {
        if (handshake.alert() < 0) {
            json.writeNullField("alert");
            return;
        }
        json.writeObjectFieldStart("alert");
        json.writeStringField("direction", handshake.alertReceived() ? "received" : "sent");
        json.writeStringField("level", "fatal");
        json.writeStringField("description", AlertDescription.nameOf(handshake.alert()));
        json.writeEndObject();
    }
}
