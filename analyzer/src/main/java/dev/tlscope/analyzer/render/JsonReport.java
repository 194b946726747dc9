package dev.tlscope.analyzer.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.Warning;
import dev.tlscope.analyzer.json.FindingJson;
import dev.tlscope.analyzer.json.HandshakeHead;
import dev.tlscope.analyzer.json.Json;
import dev.tlscope.analyzer.model.CapturedJvm;
import dev.tlscope.analyzer.model.CapturedJvms;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Times;
import dev.tlscope.tls.AlertDescription;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JSON output of findings: an array with one object per handshake, written as they come. Unknown values are null. */
public final class JsonReport implements FindingOutput {
    private final JsonGenerator json;
    private final CapturedJvms jvms;

    /**
     * A report.
     *
     * @param jvms of the captures: named when they are several
     */
    public JsonReport(PrintWriter out, CapturedJvms jvms) throws IOException {
        this.jvms = jvms;
        json = Json.pretty(out);
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
        // handshakes that are not listed are not counted either
    }

    @Override
    public void warned(Warning warning) throws IOException {
        json.writeStartObject();
        json.writeStringField("file", warning.file().toString());
        json.writeNumberField("connection", 0);
        json.writeStringField("time", Times.iso(warning.timeNanos()));
        for (String unknown : List.of(
                "role",
                "transport",
                "local",
                "peer",
                "serverName",
                "peerHost",
                "protocol",
                "cipherSuite",
                "joinedLate",
                "alert")) {
            json.writeNullField(unknown);
        }
        json.writeStringField("outcome", "warning");
        FindingJson.write(warning.finding(), json);
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
        HandshakeHead.write(handshake, json);
        CapturedJvm jvm = jvms.of(handshake.file());
        if (jvm != null && jvms.areSeveral()) {
            json.writeObjectFieldStart("process");
            json.writeStringField("host", jvm.host());
            json.writeStringField("pid", jvm.pid());
            json.writeStringField("mainClass", jvm.mainClass());
            json.writeEndObject();
        }
        writeAlert(handshake);
        FindingJson.write(finding, json);
        json.writeEndObject();
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
