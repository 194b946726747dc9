package dev.tlscope.analyzer.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;

/** Generators onto streams that others go on to write to. */
public final class Json {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            // an array must not be closed behind a broken pipe's back
            .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
            .build();

    private Json() {}

    /** JSON that a person can read too. */
    public static JsonGenerator pretty(Writer out) throws IOException {
        return FACTORY.createGenerator(out).useDefaultPrettyPrinter();
    }

    /** Without any white space, for a line each. */
    public static JsonGenerator line(OutputStream out) throws IOException {
        return FACTORY.createGenerator(out).setPrettyPrinter(new MinimalPrettyPrinter(""));
    }
}
