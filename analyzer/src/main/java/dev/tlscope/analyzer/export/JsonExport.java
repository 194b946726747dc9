package dev.tlscope.analyzer.export;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tlscope.analyzer.cause.Causes;
import dev.tlscope.analyzer.json.EventsJson;
import dev.tlscope.analyzer.json.HandshakeJson;
import dev.tlscope.analyzer.json.Json;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Handshakes;
import dev.tlscope.analyzer.model.UnreadHandshake;
import dev.tlscope.analyzer.work.InOrder;
import dev.tlscope.capture.CapturedEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** JSON lines, a handshake each: src/docs/export-schema.json. */
public final class JsonExport implements Export {
    private static final int USUAL_LINE = 1 << 13;

    private final OutputStream out;
    private final boolean events;
    private final boolean hex;
    private final boolean secrets;
    private final InOrder<ByteArrayOutputStream> lines = new InOrder<>(this::write);
    private @Nullable Handshakes handshakes;
    private long written;

    /**
     * Onto a stream.
     *
     * @param events whether all that was captured is written too
     * @param hex whether records have their bytes there
     * @param secrets whether secrets have their values there
     */
    public JsonExport(OutputStream out, boolean events, boolean hex, boolean secrets) {
        this.out = out;
        this.events = events;
        this.hex = hex;
        this.secrets = secrets;
    }

    @Override
    public void begin(Path file) throws IOException {
        endFile();
        handshakes = Handshakes.unread(file, unread -> lines.add(() -> line(unread), unread.memory()), null);
    }

    @Override
    public void add(CapturedEvent event) {
        if (handshakes != null) {
            handshakes.take(event);
        }
    }

    @Override
    public void end() throws IOException {
        endFile();
        out.flush();
    }

    @Override
    public void close() {
        lines.close();
    }

    @Override
    public long written() {
        return written;
    }

    private void endFile() throws IOException {
        if (handshakes != null) {
            try {
                handshakes.end();
                lines.await();
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }
    }

    private ByteArrayOutputStream line(UnreadHandshake unread) {
        Handshake handshake = events ? unread.get() : unread.brief();
        ByteArrayOutputStream line = new ByteArrayOutputStream(USUAL_LINE);
        try (JsonGenerator json = Json.line(line)) {
            new HandshakeJson(json, events ? new EventsJson(json, hex, secrets) : null)
                    .write(handshake, handshake.failed() ? Causes.of(handshake) : null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        line.write('\n');
        return line;
    }

    private void write(ByteArrayOutputStream line) {
        try {
            line.writeTo(out);
            written++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
