package dev.tlscope.agent.jsse;

import dev.tlscope.agent.record.Connection;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Records of DTLS, in both directions. */
final class DatagramTaps {
    private static final int HEADER = 13;

    private final ConnectionTaps connections;
    private final RecordScope scope;

    DatagramTaps(ConnectionTaps connections, RecordScope scope) {
        this.connections = connections;
        this.scope = scope;
    }

    /** Takes its hooks of {@link RecordHooks}; false for any other. */
    boolean dispatch(int hook, Object[] v) {
        switch (hook) {
            case RecordHooks.DTLS_RECORD_IN:
                datagramReceived(v[0], (ByteBuffer) v[1]);
                return true;
            case RecordHooks.DTLS_DATA_OUT:
                datagramSent(v[0], (Byte) v[2], (ByteBuffer) v[3], (Integer) v[4]);
                return true;
            case RecordHooks.DTLS_RECORD_OUT:
                Object datagramRecord = Jsse.outerOfFragmenter(v[0]);
                if (datagramRecord != null) {
                    datagramSent(datagramRecord, (Byte) v[2], (ByteBuffer) v[3], (Integer) v[4]);
                }
                return true;
            default:
                return false;
        }
    }

    /** DTLSInputRecord.decode: the buffer stands at a record, and may hold more. */
    private void datagramReceived(Object inputRecord, ByteBuffer packet) {
        int start = packet.position();
        if (packet.remaining() >= HEADER && scope.wants(packet.get(start))) {
            int length = (packet.get(start + 11) & 0xff) << 8 | (packet.get(start + 12) & 0xff);
            byte[] bytes = RecordEvents.copy(packet, start, Math.min(packet.limit(), start + HEADER + length));
            addDatagram(connections.ofPart(inputRecord), "in", bytes);
        }
    }

    /** After the encryption; retransmissions come by here as well. */
    private void datagramSent(Object outputRecord, byte contentType, ByteBuffer destination, int start) {
        if (scope.wants(contentType)) {
            addDatagram(
                    connections.ofPart(outputRecord),
                    "out",
                    RecordEvents.copy(destination, start, destination.position()));
        }
    }

    /** Epoch and sequence number are the record's own (RFC 6347, 4.1). */
    private static void addDatagram(@Nullable Connection connection, String direction, byte[] bytes) {
        long sequence = 0;
        for (int i = 5; i < 11; i++) {
            sequence = sequence << 8 | (bytes[i] & 0xff);
        }
        RecordEvents.add(connection, direction, bytes, (bytes[3] & 0xff) << 8 | (bytes[4] & 0xff), sequence);
    }
}
