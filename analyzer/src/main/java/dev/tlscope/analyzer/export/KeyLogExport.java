package dev.tlscope.analyzer.export;

import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Handshakes;
import dev.tlscope.analyzer.schedule.ExporterSecret;
import dev.tlscope.capture.CapturedEvent;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.SecretLabel;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The captured secrets as key log lines (RFC 9850), without duplicates, in the order of capture. Computes
 * EXPORTER_SECRET when the JDK did not derive it.
 */
public final class KeyLogExport implements Export {
    private static final int RANDOM_LENGTH = 32;

    private final OutputStream out;
    private final Set<String> lines = new HashSet<>();
    private @Nullable Handshakes handshakes;

    public KeyLogExport(OutputStream out) {
        this.out = out;
    }

    @Override
    public void begin(Path file) {
        endFile();
        handshakes = new Handshakes(file, this::addComputed);
    }

    @Override
    public void add(CapturedEvent captured) throws IOException {
        if (handshakes != null) {
            handshakes.take(captured);
        }
        if (captured.type() != EventType.SECRET) {
            return;
        }
        Event event = captured.event();
        String label = event.text(Field.LABEL);
        byte[] random = event.bytes(Field.CLIENT_RANDOM);
        byte[] secret = event.bytes(Field.BYTES);
        if (label != null
                && SecretLabel.ofName(label) != null
                && random != null
                && random.length == RANDOM_LENGTH
                && secret != null) {
            HexFormat hex = HexFormat.of();
            write(label + " " + hex.formatHex(random) + " " + hex.formatHex(secret));
        }
    }

    @Override
    public void end() throws IOException {
        endFile();
        out.flush();
    }

    @Override
    public long written() {
        return lines.size();
    }

    private void endFile() {
        if (handshakes != null) {
            handshakes.end();
        }
    }

    private void addComputed(Handshake handshake) {
        try {
            for (String line : ExporterSecret.keyLogLines(handshake)) {
                write(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a line once, because two captures may contain the same secret. */
    private void write(String line) throws IOException {
        if (lines.add(line)) {
            out.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        }
    }
}
