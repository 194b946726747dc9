package dev.tlscope.agent.stack.jsse;

import static dev.tlscope.agent.stack.jsse.JsseNames.BUFFER;
import static dev.tlscope.agent.stack.jsse.JsseNames.PLAINTEXTS;
import static dev.tlscope.agent.stack.jsse.JsseNames.SSL;
import static dev.tlscope.agent.weave.Hook.Where.ENTER;
import static dev.tlscope.agent.weave.HookValue.THIS;
import static dev.tlscope.agent.weave.HookValue.arg;

import dev.tlscope.agent.config.RecordScope;
import dev.tlscope.agent.record.Connection;
import dev.tlscope.agent.stack.jsse.field.Jsse;
import dev.tlscope.agent.weave.HookTable;
import dev.tlscope.capture.Direction;
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

    /** Adds the hooks; on JDK 8, which has no DTLS, they match nothing. */
    void declare(HookTable table) {
        // One record of the datagram: JSSE calls the method again for the next.
        table.on(SSL + "DTLSInputRecord", "decode", ENTER, "(" + BUFFER + PLAINTEXTS)
                .named("dtls-record-in")
                .pass(THIS, arg(0))
                .to((a, b, c, d, e) -> received(a, (ByteBuffer) b));
        SentRecordTaps.afterEncrypt(table, SSL + "DTLSOutputRecord", "encode", "([" + BUFFER + "II" + BUFFER)
                .named("dtls-data-out")
                .to((a, b, c, d, e) -> sent(a, (Byte) c, (ByteBuffer) d, (Integer) e));
        SentRecordTaps.afterEncrypt(table, SSL + "DTLSOutputRecord$DTLSFragmenter", "acquireCiphertext", "(" + BUFFER)
                .named("dtls-record-out")
                .to((a, b, c, d, e) -> fragmentSent(a, (Byte) c, (ByteBuffer) d, (Integer) e));
    }

    /** DTLSInputRecord.decode: a record begins at the buffer's position, and more may follow. */
    private void received(Object inputRecord, ByteBuffer packet) {
        int start = packet.position();
        if (packet.remaining() >= HEADER && scope.wants(packet.get(start))) {
            int length = (packet.get(start + 11) & 0xff) << 8 | (packet.get(start + 12) & 0xff);
            byte[] bytes = RecordEvents.copy(packet, start, Math.min(packet.limit(), start + HEADER + length));
            addDatagram(connections.ofPart(inputRecord), Direction.IN, bytes);
        }
    }

    /** Called after the encryption, for retransmissions too. */
    private void sent(Object outputRecord, byte contentType, ByteBuffer destination, int start) {
        if (scope.wants(contentType)) {
            addDatagram(
                    connections.ofPart(outputRecord),
                    Direction.OUT,
                    RecordEvents.copy(destination, start, destination.position()));
        }
    }

    /**
     * Called after the encryption of handshake messages, ChangeCipherSpec and alerts, in
     * DTLSOutputRecord.DTLSFragmenter.
     */
    private void fragmentSent(Object fragmenter, byte contentType, ByteBuffer destination, int start) {
        Object outputRecord = Jsse.outerOfFragmenter(fragmenter);
        if (outputRecord != null) {
            sent(outputRecord, contentType, destination, start);
        }
    }

    /** Adds a RECORD; epoch and sequence number are in the DTLS record itself (RFC 6347, 4.1). */
    private static void addDatagram(@Nullable Connection connection, Direction direction, byte[] bytes) {
        long sequence = 0;
        for (int i = 5; i < 11; i++) {
            sequence = sequence << 8 | (bytes[i] & 0xff);
        }
        RecordEvents.add(connection, direction, bytes, (bytes[3] & 0xff) << 8 | (bytes[4] & 0xff), sequence);
    }
}
