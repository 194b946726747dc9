package dev.tlscope.analyzer.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tlscope.analyzer.json.EventsJson;
import dev.tlscope.analyzer.json.HandshakeJson;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Handshakes;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is shown for a malformed message: where, why and which bytes. */
class MalformedMessageTest {
    /** ServerHello of 48 bytes with TLS_AES_128_GCM_SHA256, whose supported_versions says 9 bytes and has 2. */
    private static final String HELLO =
            "0200002e0303" + "aa".repeat(32) + "00" + "1301" + "00" + "0006" + "002b00090304";

    @Test
    void theLadderHasTheOffsetAndItsBytes() {
        StringWriter out = new StringWriter();
        new Ladder(new PrintWriter(out), new Style(false, 0), false, false).show(handshake(), null);

        assertThat(out.toString())
                .contains("malformed at byte 46: ")
                .contains("000020  aa aa aa aa aa aa 00 13 01 00 00 06 00 2b 00 09")
                .contains("000030  03 04")
                .doesNotContain("000000  02 00");
    }

    @Test
    void theJsonHasTheOffsetThePathAndAllBytes() throws IOException {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            new HandshakeJson(json, new EventsJson(json, false, false)).write(handshake(), null);
        }

        assertThat(out.toString())
                .contains("\"problems\":[{\"offset\":46,\"path\":\"extensions\",\"what\":")
                .contains("\"value\":\"" + HELLO + "\"");
    }

    private static Handshake handshake() {
        List<Handshake> built = new ArrayList<>();
        Handshakes handshakes = new Handshakes(Path.of("a.pcapng"), built::add);
        handshakes.accept(new Event(EventType.CONNECTION, 1, 1).put(Field.ROLE, "client"));
        handshakes.accept(new Event(EventType.MESSAGE, 1, 2)
                .put(Field.DIRECTION, "in")
                .put(Field.CONTENT_TYPE, 22)
                .put(Field.BYTES, HexFormat.of().parseHex(HELLO)));
        handshakes.end();
        return built.get(0);
    }
}
