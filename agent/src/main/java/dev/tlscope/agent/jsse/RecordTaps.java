package dev.tlscope.agent.jsse;

import dev.tlscope.agent.record.Connection;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.ContentType;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Wire records in both directions. This is the application-data path: unless all records are wanted, a record of
 * application data costs a test of fields that JSSE already has, and no look-up.
 */
final class RecordTaps {
    private static final int HEADER = 5;

    private final ConnectionTaps connections;
    private final RecordScope scope;
    private final ConcurrentMap<Thread, byte[]> headers = new ConcurrentHashMap<>();

    RecordTaps(ConnectionTaps connections, RecordScope scope) {
        this.connections = connections;
        this.scope = scope;
    }

    /** SSLSocketInputRecord.decodeInputRecord, before the decryption. */
    void socketReceived(Object inputRecord) {
        byte[] header = Jsse.header(inputRecord);
        if (header != null && wantsReceived(inputRecord, header[0])) {
            add(inputRecord, header, Jsse.body(inputRecord));
        }
    }

    /** SSLSocketInputRecord.decodeInputRecord of JDK 8, at its start: the array holds the header, and soon the fragment. */
    void socketHeaderRead(Object inputRecord, byte[] header) {
        if (wantsReceived(inputRecord, header[0])) {
            headers.put(Thread.currentThread(), Arrays.copyOf(header, HEADER));
        }
    }

    /** SSLSocketInputRecord.decodeInputRecord of JDK 8, before the decryption. */
    void socketReceived(Object inputRecord, ByteBuffer body) {
        add(inputRecord, headers.remove(Thread.currentThread()), body);
    }

    private void add(Object inputRecord, byte @Nullable [] header, @Nullable ByteBuffer body) {
        if (header == null || body == null) {
            return;
        }
        byte[] bytes = new byte[HEADER + body.remaining()];
        System.arraycopy(header, 0, bytes, 0, HEADER);
        body.duplicate().get(bytes, HEADER, body.remaining());
        add(connections.ofPart(inputRecord), "in", bytes);
    }

    /** SSLEngineInputRecord.decodeInputRecord, before the decryption: the buffer stands behind the record's header. */
    void engineReceived(Object inputRecord, ByteBuffer packet) {
        int start = packet.position() - HEADER;
        if (!wantsReceived(inputRecord, packet.get(start))) {
            return;
        }
        add(connections.ofPart(inputRecord), "in", copy(packet, start, packet.limit()));
    }

    /** OutputRecord.encrypt of a socket, at its end: the buffer holds the record. */
    void socketSent(Object outputRecord, byte contentType) {
        Connection connection = wantsSent(contentType) ? connections.ofPart(outputRecord) : null;
        if (connection != null && wantsSent(connection, contentType)) {
            add(connection, "out", Jsse.encrypted(outputRecord));
        }
    }

    /** SSLEngineOutputRecord.encode, after the encryption: the record ends at the buffer's position. */
    void engineSent(Object outputRecord, byte contentType, ByteBuffer destination, int start) {
        Connection connection = wantsSent(contentType) ? connections.ofPart(outputRecord) : null;
        if (connection != null && wantsSent(connection, contentType)) {
            add(connection, "out", copy(destination, start, destination.position()));
        }
    }

    /** The same for handshake messages, ChangeCipherSpec and alerts, in SSLEngineOutputRecord.HandshakeFragment. */
    void engineFragmentSent(Object fragment, byte contentType, ByteBuffer destination, int start) {
        Object outputRecord = Jsse.outer(fragment);
        if (outputRecord != null) {
            engineSent(outputRecord, contentType, destination, start);
        }
    }

    /** SSLSocketInputRecord.handleUnknownRecord: an SSLv2 hello, or no TLS at all; only the header was read. */
    void socketUnknown(Object inputRecord) {
        socketUnknown(inputRecord, Jsse.header(inputRecord));
    }

    /** The same with the header at hand. */
    void socketUnknown(Object inputRecord, byte @Nullable [] header) {
        if (header != null && scope != RecordScope.NONE) {
            add(connections.ofPart(inputRecord), "in", header.clone());
        }
    }

    /** SSLEngineInputRecord.handleUnknownRecord. */
    void engineUnknown(Object inputRecord, ByteBuffer packet) {
        if (scope != RecordScope.NONE) {
            int end = Math.min(packet.limit(), packet.position() + 1024);
            add(connections.ofPart(inputRecord), "in", copy(packet, packet.position(), end));
        }
    }

    private boolean wantsReceived(Object inputRecord, byte contentType) {
        switch (scope) {
            case ALL:
                return true;
            case NONE:
                return false;
            default:
                return contentType != ContentType.APPLICATION_DATA || !Jsse.isAfterHandshake(inputRecord);
        }
    }

    private boolean wantsSent(byte contentType) {
        return scope == RecordScope.ALL
                || (scope == RecordScope.HANDSHAKE && contentType != ContentType.APPLICATION_DATA);
    }

    /** After the handshake an alert is wanted still, but no ticket: its record could not be decrypted with a gap before. */
    private boolean wantsSent(Connection connection, byte contentType) {
        return scope == RecordScope.ALL || contentType == ContentType.ALERT || !connection.isCompleted();
    }

    private static void add(@Nullable Connection connection, String direction, byte @Nullable [] bytes) {
        if (connection != null && bytes != null) {
            connection.add(connection
                    .event(EventType.RECORD)
                    .put(Field.DIRECTION, direction)
                    .put(Field.BYTES, bytes));
        }
    }

    private static byte[] copy(ByteBuffer buffer, int start, int end) {
        ByteBuffer view = buffer.duplicate();
        // In Java 8's own descriptors limit and position are Buffer's.
        ((java.nio.Buffer) view).limit(end);
        ((java.nio.Buffer) view).position(start);
        byte[] bytes = new byte[end - start];
        view.get(bytes);
        return bytes;
    }
}
