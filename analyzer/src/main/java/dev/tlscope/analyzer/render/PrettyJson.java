package dev.tlscope.analyzer.render;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.PrintWriter;

/** JSON that a person can read too, onto a stream that stays open. */
final class PrettyJson {
    private PrettyJson() {}

    static JsonGenerator on(PrintWriter out) throws IOException {
        return JsonFactory.builder()
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .build()
                .createGenerator(out)
                .useDefaultPrettyPrinter();
    }
}
