package dev.tlscope.analyzer.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tlscope.analyzer.finding.Candidate;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.Reference;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes why a handshake failed, and what to do. */
public final class FindingJson {
    private FindingJson() {}

    /** Writes the fields; null or empty without a finding. */
    public static void write(@Nullable Finding finding, JsonGenerator json) throws IOException {
        json.writeStringField("cause", finding == null ? null : finding.cause().id());
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
        writeCandidates(finding, json);
        writeReferences(finding, json);
    }

    /** Writes the other causes that the evidence does not exclude. */
    private static void writeCandidates(@Nullable Finding finding, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("candidates");
        for (Candidate candidate : finding == null ? List.<Candidate>of() : finding.candidates()) {
            json.writeStartObject();
            json.writeStringField("cause", candidate.cause().id());
            json.writeStringField("confidence", candidate.confidence().name().toLowerCase(Locale.ROOT));
            json.writeStringField("decides", candidate.decides());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeReferences(@Nullable Finding finding, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("references");
        for (Reference reference : finding == null ? List.<Reference>of() : finding.references()) {
            json.writeStartObject();
            json.writeStringField("section", reference.toString());
            json.writeStringField("url", reference.url());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
