package dev.tlscope.analyzer.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.tlscope.analyzer.work.Recent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** Generators for streams that other code continues to write to. */
public final class Json {
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .rootValueSeparator("\n")
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            // Closing the generator after a broken pipe must not write the end of an array.
            .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
            .recyclerPool(new LongBuffers())
            .build();

    /** Writes a value. */
    interface Value {
        void write(JsonGenerator json) throws IOException;
    }

    private Json() {}

    /** JSON with indentation, for people. */
    public static JsonGenerator pretty(Writer out) throws IOException {
        return FACTORY.createGenerator(out).useDefaultPrettyPrinter();
    }

    /** Values without white space, each on a line of its own. */
    public static JsonGenerator lines(OutputStream out) throws IOException {
        return FACTORY.createGenerator(out);
    }

    /** The same as text. */
    public static JsonGenerator lines(Writer out) throws IOException {
        return FACTORY.createGenerator(out);
    }

    /** Writes a value that occurs often. Its text is generated once and cached, if the generator writes lines. */
    static <K> void write(Recent<K, SerializableString> known, K key, Value value, JsonGenerator json)
            throws IOException {
        if (json.getPrettyPrinter() == null) {
            json.writeRawValue(known.get(key, any -> written(value)));
        } else {
            value.write(json);
        }
    }

    private static SerializableString written(Value value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = lines(out)) {
            value.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new SerializedString(out.toString(StandardCharsets.UTF_8));
    }
}
