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
import java.io.StringWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JSON output of findings: an array with one object per handshake, in order of time. Unknown values are null. */
public final class JsonReport implements FindingOutput {
    private final JsonGenerator array;
    private final TimeOrder order;
    private final CapturedJvms jvms;

    /** Writes the fields of one object. */
    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    /**
     * A report.
     *
     * @param jvms of the captures: named when they are several
     */
    public JsonReport(PrintWriter out, CapturedJvms jvms) throws IOException {
        this.jvms = jvms;
        array = Json.pretty(out);
        array.writeStartArray();
        order = new TimeOrder(TimeOrder.ROOM, array::writeRawValue);
    }

    @Override
    public void failed(Handshake handshake, Finding finding) throws IOException {
        add(handshake.timeNanos(), json -> write(handshake, finding, json));
    }

    @Override
    public void completed(Handshake handshake) throws IOException {
        add(handshake.timeNanos(), json -> write(handshake, null, json));
    }

    @Override
    public void passed(long completed, long unfinished) {
        // handshakes that are not listed are not counted either
    }

    @Override
    public void warned(Warning warning) throws IOException {
        add(warning.timeNanos(), json -> write(warning, json));
    }

    @Override
    public void end() throws IOException {
        order.end();
        array.writeEndArray();
        array.writeRaw('\n');
        array.flush();
    }

    private void add(long timeNanos, Fields fields) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Json.pretty(text)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        }
        order.add(timeNanos, text.toString());
    }

    private static void write(Warning warning, JsonGenerator json) throws IOException {
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
    }

    private void write(Handshake handshake, @Nullable Finding finding, JsonGenerator json) throws IOException {
        HandshakeHead.write(handshake, json);
        CapturedJvm jvm = jvms.of(handshake.file());
        if (jvm != null && jvms.areSeveral()) {
            json.writeObjectFieldStart("process");
            json.writeStringField("host", jvm.host());
            json.writeStringField("pid", jvm.pid());
            json.writeStringField("mainClass", jvm.mainClass());
            json.writeEndObject();
        }
        writeAlert(handshake, json);
        FindingJson.write(finding, json);
    }

    private static void writeAlert(Handshake handshake, JsonGenerator json) throws IOException {
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
