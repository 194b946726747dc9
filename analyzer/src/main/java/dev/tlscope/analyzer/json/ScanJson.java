package dev.tlscope.analyzer.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tlscope.analyzer.scan.CommonGround;
import dev.tlscope.analyzer.scan.CommonGround.CommonVersion;
import dev.tlscope.analyzer.scan.CommonGround.Part;
import java.io.IOException;
import java.util.List;

/** A scan as a JSON object. */
public final class ScanJson {
    private ScanJson() {}

    public static void write(CommonGround ground, int connections, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("connections", connections);
        json.writeBooleanField("nothingInCommon", ground.isEmpty());
        json.writeStringField("summary", ground.sentence("the client"));
        json.writeArrayFieldStart("versions");
        for (CommonVersion version : ground.versions()) {
            json.writeStartObject();
            json.writeStringField("version", version.name());
            json.writeBooleanField("taken", version.scanned().isTaken());
            json.writeBooleanField("offered", version.offered());
            json.writeStringField(
                    "refusal",
                    version.scanned().isTaken() ? null : version.scanned().refusal());
            json.writeArrayFieldStart("parts");
            for (Part part : version.parts()) {
                json.writeStartObject();
                json.writeStringField("kind", part.kind());
                names("both", part.both(), json);
                names("serverOnly", part.serverOnly(), json);
                names("clientOnly", version.offered() ? part.clientOnly() : List.of(), json);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void names(String field, List<String> names, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(field);
        for (String name : names) {
            json.writeString(name);
        }
        json.writeEndArray();
    }
}
