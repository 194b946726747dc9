package dev.tlscope.analyzer.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;

/** JSON in gzip and Base64: small, and safe from captured text that looks like HTML or script. */
final class Packed {
    private static final JsonFactory JSON = new JsonFactory();

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final JsonGenerator json;

    /** Starts a data block of the page. */
    Packed(String id) throws IOException {
        bytes.writeBytes(("<script type=\"text/plain\" id=\"" + id + "\">").getBytes(StandardCharsets.US_ASCII));
        json = JSON.createGenerator(new GZIPOutputStream(Base64.getEncoder().wrap(bytes)));
    }

    /** The generator for the block's single value. */
    JsonGenerator json() {
        return json;
    }

    /** The whole block, after its value was written. */
    byte[] end() throws IOException {
        json.close();
        bytes.writeBytes("</script>\n".getBytes(StandardCharsets.US_ASCII));
        return bytes.toByteArray();
    }
}
