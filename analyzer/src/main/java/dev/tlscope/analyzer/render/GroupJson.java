package dev.tlscope.analyzer.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.group.Group;
import dev.tlscope.analyzer.group.Groups;
import dev.tlscope.analyzer.group.Tally;
import dev.tlscope.analyzer.json.Json;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Times;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;

/** For programs: one object, with the totals and an array of groups, the most frequent first. */
public final class GroupJson implements FindingOutput {
    private final JsonGenerator json;
    private final Groups groups = new Groups();

    public GroupJson(PrintWriter out) throws IOException {
        json = Json.pretty(out);
    }

    @Override
    public void failed(Handshake handshake, Finding finding) {
        groups.failed(handshake, finding);
    }

    @Override
    public void completed(Handshake handshake) {
        groups.passed(handshake.completed() ? 1 : 0, handshake.completed() ? 0 : 1);
    }

    @Override
    public void passed(long completed, long unfinished) {
        groups.passed(completed, unfinished);
    }

    @Override
    public void end() throws IOException {
        json.writeStartObject();
        json.writeNumberField("connections", groups.all());
        json.writeNumberField("completed", groups.completed());
        json.writeNumberField("failed", groups.failed());
        json.writeNumberField("unfinished", groups.unfinished());
        json.writeArrayFieldStart("groups");
        for (Group group : groups.groups()) {
            write(group);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeRaw('\n');
        json.flush();
    }

    private void write(Group group) throws IOException {
        Finding finding = group.example();
        json.writeStartObject();
        json.writeStringField("cause", finding.cause().id());
        json.writeStringField("confidence", finding.confidence().name().toLowerCase(Locale.ROOT));
        json.writeNumberField("count", group.count());
        json.writeStringField("firstTime", Times.iso(group.firstNanos()));
        json.writeStringField("lastTime", Times.iso(group.lastNanos()));
        write("peers", group.peers());
        write("certificates", group.certificates());
        json.writeObjectFieldStart("example");
        json.writeStringField("file", group.file().toString());
        json.writeNumberField("connection", group.connection());
        json.writeStringField("summary", finding.summary());
        json.writeArrayFieldStart("fix");
        for (String step : finding.fix()) {
            json.writeString(step);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
    }

    private void write(String name, Tally tally) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeArrayFieldStart("counts");
        for (Tally.Entry entry : tally.entries()) {
            json.writeStartObject();
            json.writeStringField("value", entry.value());
            json.writeNumberField("count", entry.count());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField("others", tally.others());
        json.writeEndObject();
    }
}
