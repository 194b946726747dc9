package dev.tlscope.analyzer.report;

import dev.tlscope.analyzer.cause.Finding;
import dev.tlscope.analyzer.model.Handshake;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Details of connections, packed by the dozen and written out as they come: of failures, and of a few completed ones of each kind. */
final class Details {
    /** Connections in a block, which the page unpacks when one of them is opened. */
    static final int CHUNK = 24;

    private static final int MOST_OF_A_KIND = 12;
    private static final int MOST_COMPLETED = 600;
    private static final long MOST_BYTES = 64L << 20;

    private final OutputStream out;
    private final List<HandshakeDetail> waiting = new ArrayList<>();
    private final Map<String, Integer> kinds = new HashMap<>();
    private int count;
    private int chunks;
    private int completed;
    private long bytes;
    private long undetailed;

    Details(OutputStream out) {
        this.out = out;
    }

    /** Takes it, when there is room for it; its place among all, or -1. */
    int add(Handshake handshake, @Nullable Finding finding) throws IOException {
        if (bytes > MOST_BYTES || (finding == null && !isWanted(handshake))) {
            undetailed += finding == null ? 0 : 1;
            return -1;
        }
        waiting.add(new HandshakeDetail(handshake, finding));
        if (waiting.size() == CHUNK) {
            end();
        }
        return count++;
    }

    /** Failures for which there was no room. */
    long undetailed() {
        return undetailed;
    }

    /** Writes what is left. */
    void end() throws IOException {
        if (!waiting.isEmpty()) {
            byte[] element = Packed.element("d" + chunks++, json -> {
                json.writeStartArray();
                for (HandshakeDetail detail : waiting) {
                    detail.write(json);
                }
                json.writeEndArray();
            });
            out.write(element);
            bytes += element.length;
            waiting.clear();
        }
    }

    private boolean isWanted(Handshake handshake) {
        String kind = handshake.role() + handshake.serverName() + handshake.protocol() + handshake.cipherSuite();
        if (completed >= MOST_COMPLETED || kinds.merge(kind, 1, Integer::sum) > MOST_OF_A_KIND) {
            return false;
        }
        completed++;
        return true;
    }
}
