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
    private static final JsonFactory JSON = new JsonFactory();

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final JsonGenerator json;

    /** Begins a data block of the page. */
    Packed(String id) throws IOException {
        bytes.writeBytes(("<script type=\"text/plain\" id=\"" + id + "\">").getBytes(StandardCharsets.US_ASCII));
        json = JSON.createGenerator(new GZIPOutputStream(Base64.getEncoder().wrap(bytes)));
    }

    /** Takes the block's one value. */
    JsonGenerator json() {
        return json;
    }

    /** The whole block; the value is written. */
    byte[] end() throws IOException {
        json.close();
        bytes.writeBytes("</script>\n".getBytes(StandardCharsets.US_ASCII));
        return bytes.toByteArray();
    }
}
