package dev.tlscope.analyzer.export;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tlscope.analyzer.json.EventsJson;
import dev.tlscope.analyzer.json.HandshakeJson;
import dev.tlscope.analyzer.json.Json;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Handshakes;
import dev.tlscope.analyzer.model.UnreadHandshake;
import dev.tlscope.analyzer.verdict.Verdicts;
import dev.tlscope.analyzer.work.InOrder;
import dev.tlscope.analyzer.work.OutputBehind;
import dev.tlscope.capture.CapturedEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JSON lines, one handshake per line: src/docs/export-schema.json. */
public final class JsonExport implements Export {
    private static final int USUAL_LENGTH = 1 << 17;

    private final OutputBehind out;
    private final Verdicts verdicts;
    private final boolean events;
    private final boolean hex;
    private final boolean secrets;
    private final InOrder<UnreadHandshake, Lines> lines = new InOrder<>(this::linesOf, this::write);
    private @Nullable Handshakes handshakes;
    private long written;

    private record Lines(int count, ByteArrayOutputStream bytes) {}

    /**
     * Writes to a stream.
     *
     * @param verdicts finds the causes of failed handshakes
     * @param events whether to write all captured events as well
     * @param hex whether to write the bytes of records
     * @param secrets whether to write the values of secrets
     */
    public JsonExport(OutputStream out, Verdicts verdicts, boolean events, boolean hex, boolean secrets) {
        this.out = new OutputBehind(out);
        this.verdicts = verdicts;
        this.events = events;
        this.hex = hex;
        this.secrets = secrets;
    }

    @Override
    public void begin(Path file) throws IOException {
        endFile();
        handshakes = Handshakes.unread(file, unread -> lines.add(unread, unread.memory()), null);
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
        out.close();
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

    private Lines linesOf(List<UnreadHandshake> some) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_LENGTH);
        try (JsonGenerator json = Json.lines(bytes)) {
            HandshakeJson lines = new HandshakeJson(json, events ? new EventsJson(json, hex, secrets) : null);
            for (UnreadHandshake unread : some) {
                Handshake handshake = events ? unread.get() : unread.brief();
                lines.write(handshake, verdicts.of(handshake));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        bytes.write('\n');
        return new Lines(some.size(), bytes);
    }

    private void write(Lines lines) {
        try {
            out.write(lines.bytes);
            written += lines.count;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
