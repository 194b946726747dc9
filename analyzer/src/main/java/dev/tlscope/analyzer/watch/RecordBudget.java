package dev.tlscope.analyzer.watch;

import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import java.util.HashMap;
import java.util.Map;

/**
 * Decides which records after a handshake are kept while their connection is open: the first ones of each connection, up to a
 * number of bytes, and up to another one for all connections together.
 */
final class RecordBudget {
    private static final int MOST_OF_A_CONNECTION = 1 << 18;
    private static final int MOST = 1 << 26;

    /** What an event takes beside its bytes, about. */
    private static final int OVERHEAD = 200;

    private final Map<Long, Integer> taken = new HashMap<>();
    private long total;

    /** Whether a record fits; counts it if it does. After one that does not, none of its connection fits. */
    boolean takes(Event event) {
        byte[] bytes = event.bytes(Field.BYTES);
        int size = OVERHEAD + (bytes == null ? 0 : bytes.length);
        int before = taken.getOrDefault(event.connection(), 0);
        boolean fits = before + size <= MOST_OF_A_CONNECTION && total + size <= MOST;
        taken.put(event.connection(), fits ? before + size : MOST_OF_A_CONNECTION);
        total += fits ? size : MOST_OF_A_CONNECTION - before;
        return fits;
    }

    /** The connection's records are no longer kept. */
    void release(long connection) {
        Integer bytes = taken.remove(connection);
        total -= bytes == null ? 0 : bytes;
    }
}
