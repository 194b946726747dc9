package dev.tlscope.analyzer.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Handshakes;
import dev.tlscope.analyzer.render.HandshakeJson;
import dev.tlscope.capture.CapturedEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** JSON lines, a handshake each: src/docs/export-schema.json. */
public final class JsonExport implements Export {
    private final JsonGenerator json;
    private final HandshakeJson writer;
    private @Nullable Handshakes handshakes;
    private long written;

    public JsonExport(OutputStream out, boolean hex, boolean secrets) throws IOException {
        json = JsonFactory.builder()
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .build()
                .createGenerator(out)
                .setPrettyPrinter(new MinimalPrettyPrinter(""));
        writer = new HandshakeJson(json, hex, secrets);
    }

    @Override
    public void begin(Path file) throws IOException {
        endFile();
        handshakes = new Handshakes(file, this::write);
    }

    @Override
    public void add(CapturedEvent event) throws IOException {
        if (handshakes != null) {
            try {
                handshakes.take(event);
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }
    }

    @Override
    public void end() throws IOException {
        endFile();
        json.flush();
    }

    @Override
    public long written() {
        return written;
    }

    private void endFile() throws IOException {
        if (handshakes != null) {
            try {
                handshakes.end();
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }
    }

    private void write(Handshake handshake) {
        try {
            writer.write(handshake);
            json.writeRaw('\n');
            written++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
