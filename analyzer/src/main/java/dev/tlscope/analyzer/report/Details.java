package dev.tlscope.analyzer.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.schedule.SecretRedaction;
import dev.tlscope.analyzer.verify.Verification;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the details of connections in compressed blocks: of failures, and of completed handshakes within limits. The
 * first half of the limit goes to the first ones, the other half to rare kinds.
 */
final class Details {
    /** Connections per block; the page decompresses a block when one of them is opened. */
    static final int CHUNK = 24;

    private final OutputStream out;
    private final PageLimits limits;
    private final SecretRedaction shown;
    private final Map<String, Integer> kinds = new HashMap<>();
    private @Nullable Packed block;
    private int count;
    private int chunks;
    private int completed;
    private long bytes;
    private long undetailedFailures;
    private long undetailedOthers;

    Details(OutputStream out, PageLimits limits, SecretRedaction shown) {
        this.out = out;
        this.limits = limits;
        this.shown = shown;
    }

    /**
     * The location of a connection's details.
     *
     * @param number position among all details; -1 when the connection has none
     */
    record Place(int number, Recomputed recomputed) {}

    /** Writes the connection's details if the limits allow it. */
    Place add(Handshake handshake, @Nullable Finding finding) throws IOException {
        if (bytes >= limits.bytes() || (finding == null && !isWanted(handshake))) {
            undetailedFailures += finding == null ? 0 : 1;
            undetailedOthers += finding == null ? 1 : 0;
            return new Place(-1, Recomputed.NOT_DONE);
        }
        Verification verification = Verification.of(handshake);
        Recomputed recomputed = Recomputed.of(verification);
        JsonGenerator json = open();
        new HandshakeDetail(handshake, finding, new ScheduleDetail(verification, recomputed, shown)).write(json);
        int number = count++;
        if (count % CHUNK == 0) {
            end();
        }
        return new Place(number, recomputed);
    }

    /** Number of failures without details, because of the limits. */
    long undetailedFailures() {
        return undetailedFailures;
    }

    /** Number of other handshakes without details, because of the limits. */
    long undetailedOthers() {
        return undetailedOthers;
    }

    /** Writes the last block. */
    void end() throws IOException {
        Packed last = block;
        if (last != null) {
            last.json().writeEndArray();
            byte[] element = last.end();
            out.write(element);
            bytes += element.length;
            block = null;
        }
    }

    private JsonGenerator open() throws IOException {
        Packed packed = block;
        if (packed == null) {
            packed = new Packed("d" + chunks++);
            packed.json().writeStartArray();
            block = packed;
        }
        return packed.json();
    }

    private boolean isWanted(Handshake handshake) {
        String kind = handshake.role() + handshake.serverName() + handshake.protocol() + handshake.cipherSuite();
        boolean seldom = completed < limits.completed() && kinds.merge(kind, 1, Integer::sum) <= PageLimits.OF_A_KIND;
        if (!seldom && completed >= (limits.completed() + 1) / 2) {
            return false;
        }
        completed++;
        return true;
    }
}
