package dev.tlscope.agent.log;

import dev.tlscope.agent.sink.PrivateFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Our own file, beside the captures, in a JVM that has no log. It is made for the first line, and ends after a million bytes. */
final class FileTarget implements LogTarget {
    private static final int MOST_BYTES = 1_000_000;

    private final Path path;
    private @Nullable OutputStream out;
    private int written;

    FileTarget(Path path) {
        this.path = path;
    }

    @Override
    public String name() {
        return path.toString();
    }

    @Override
    public boolean takes(boolean warning) {
        return written < MOST_BYTES;
    }

    @Override
    public void write(boolean warning, String line, Map<String, Object> values) throws IOException {
        OutputStream to = out;
        if (to == null) {
            to = PrivateFile.create(path);
            out = to;
        }
        String text = Instant.now() + (warning ? " WARN " : " INFO ") + LogNames.LOGGER + " "
                + LogNames.withValues(line, values) + "\n";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        to.write(bytes);
        written += bytes.length;
    }

    void close() throws IOException {
        if (out != null) {
            out.close();
        }
    }
}
