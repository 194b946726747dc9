package dev.tlscope.analyzer.export;

import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.SecretLabel;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

/** The captured secrets as key log lines (RFC 9850), each once, in the order of their capture. */
public final class KeyLogExport implements Export {
    private static final int RANDOM_LENGTH = 32;

    private final OutputStream out;
    private final Set<String> lines = new HashSet<>();

    public KeyLogExport(OutputStream out) {
        this.out = out;
    }

    @Override
    public void begin(Path file) {
        // the same secret in two captures is one line
    }

    @Override
    public void add(Event event) throws IOException {
        String label = event.text(Field.LABEL);
        byte[] random = event.bytes(Field.CLIENT_RANDOM);
        byte[] secret = event.bytes(Field.BYTES);
        if (event.type() == EventType.SECRET
                && label != null
                && SecretLabel.ofName(label) != null
                && random != null
                && random.length == RANDOM_LENGTH
                && secret != null) {
            HexFormat hex = HexFormat.of();
            String line = label + " " + hex.formatHex(random) + " " + hex.formatHex(secret);
            if (lines.add(line)) {
                out.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    @Override
    public void end() throws IOException {
        out.flush();
    }

    @Override
    public long written() {
        return lines.size();
    }
}
