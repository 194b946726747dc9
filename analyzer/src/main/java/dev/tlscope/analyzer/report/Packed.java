package dev.tlscope.analyzer.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;

/**
 * JSON as the page carries it: gzip in Base64. Small, and nothing that a capture says can look like HTML or script in it.
 */
final class Packed {
    private Packed() {}

    /** Writes one JSON value. */
    interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    /** A data block of the page. */
    static byte[] element(String id, Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(("<script type=\"text/plain\" id=\"" + id + "\">").getBytes(StandardCharsets.US_ASCII));
        try (JsonGenerator json = new JsonFactory()
                .createGenerator(new GZIPOutputStream(Base64.getEncoder().wrap(bytes)))) {
            content.write(json);
        }
        bytes.writeBytes("</script>\n".getBytes(StandardCharsets.US_ASCII));
        return bytes.toByteArray();
    }
}
