package dev.tlscope.analyzer.verdict;

import dev.tlscope.capture.CaptureReader;
import dev.tlscope.capture.CapturedEvent;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.ContentType;
import dev.tlscope.tls.HandshakeType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the ClientHello with which each connection of some captures begins. Reads the headers of events, and messages
 * up to the first ClientHello, which takes a fraction of the time for reading the handshakes.
 */
final class HelloIndex {
    /** End of the random (RFC 8446, 4.1.2), whose last eight bytes are enough to find candidates for a comparison. */
    private static final int RANDOM_END = 4 + 2 + 32;

    private final Map<Long, List<End>> byRandom = new HashMap<>();
    private final Map<Long, End> inFile = new HashMap<>();

    /** One end of a connection. */
    private static final class End {
        private final Path file;
        private final long connection;
        private final boolean client;
        private boolean failed;

        End(Path file, long connection, boolean client) {
            this.file = file;
            this.connection = connection;
            this.client = client;
        }
    }

    /** Adds all connections of a capture. */
    void add(Path file) throws IOException {
        inFile.clear();
        try (InputStream in = Files.newInputStream(file)) {
            CaptureReader.scan(in, event -> add(file, event));
        }
    }

    /**
     * The connections, by capture, that failed at at least one end and have their other end here too.
     *
     * @param most the most failed connections
     */
    Map<Path, Set<Long>> pairs(int most) {
        Map<Path, Set<Long>> pairs = new HashMap<>();
        int left = most;
        for (List<End> ends : byRandom.values()) {
            boolean failed = ends.stream().anyMatch(end -> end.failed);
            boolean both = ends.stream().map(end -> end.client).distinct().count() == 2;
            if (failed && both && left-- > 0) {
                ends.forEach(end ->
                        pairs.computeIfAbsent(end.file, any -> new HashSet<>()).add(end.connection));
            }
        }
        return pairs;
    }

    private void add(Path file, CapturedEvent event) {
        End known = inFile.get(event.connection());
        if (event.type() == EventType.FAILURE && known != null) {
            known.failed = true;
        } else if (event.type() == EventType.MESSAGE && known == null) {
            hello(file, event);
        }
    }

    private void hello(Path file, CapturedEvent event) {
        byte[] bytes = event.bytes(Field.BYTES);
        if (bytes != null
                && bytes.length >= RANDOM_END
                && bytes[0] == HandshakeType.CLIENT_HELLO.number()
                && event.number(Field.CONTENT_TYPE, 0) == ContentType.HANDSHAKE) {
            End end = new End(file, event.connection(), event.isSent());
            inFile.put(event.connection(), end);
            byRandom.computeIfAbsent(ByteBuffer.wrap(bytes).getLong(RANDOM_END - Long.BYTES), any -> new ArrayList<>(1))
                    .add(end);
        }
    }
}
