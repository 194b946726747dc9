package dev.tlscope.agent.jsse;

import dev.tlscope.agent.record.CipherEpochs;
import dev.tlscope.agent.record.Connection;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.ContentType;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Wire records in both directions. This is the application-data path: unless all records are wanted, a record of
 * application data costs a test of fields that JSSE already has, a copy of what came in, and no look-up.
 */
final class RecordTaps {
    private static final int HEADER = 5;

    /**
     * Bytes of an application data record that is kept in hand: an alert of TLS 1.3, which looks like one, has 19 and its
     * cipher's tag. Copying every record of a bulk transfer was measured at 15 % of its time (src/bench/throughput.sh).
     */
    private static final int MOST_IN_HAND = 64;

    /** Of the stack of a thread that shares an engine: enough to reach from JSSE into the application. */
    private static final int MOST_FRAMES = 24;

    private final ConnectionTaps connections;
    private final RecordScope scope;
    private final CipherEpochs epochs = new CipherEpochs();
    private final RecordInHand inHand = new RecordInHand();
    private final DatagramTaps datagrams;
    private final ForeignRecordTaps foreign;

    RecordTaps(ConnectionTaps connections, RecordScope scope) {
        this.connections = connections;
        this.scope = scope;
        this.datagrams = new DatagramTaps(connections, scope);
        this.foreign = new ForeignRecordTaps(connections, scope);
    }

    /** Takes the hooks of {@link RecordHooks}; false for any other. */
    boolean dispatch(int hook, Object[] v) {
        switch (hook) {
            case RecordHooks.READ_CIPHER:
                readCipher(v[0], v[1]);
                return true;
            case RecordHooks.WRITE_CIPHER:
            case RecordHooks.WRITE_CIPHER_UPDATE:
                writeCipher(v[0], v[1]);
                return true;
            case RecordHooks.SOCKET_RECORD_IN:
                socketReceived(v[0]);
                return true;
            case RecordHooks.SOCKET_RECORD_IN_8:
            case RecordHooks.ENGINE_RECORD_IN:
                received(v[0], (ByteBuffer) v[1], hook == RecordHooks.ENGINE_RECORD_IN);
                return true;
            case RecordHooks.SOCKET_RECORD_OUT:
                socketSent(v[0], v[1], (Byte) v[2], (Long) v[3]);
                return true;
            case RecordHooks.ENGINE_DATA_OUT:
                engineSent(v[0], v[1], (Byte) v[2], (ByteBuffer) v[3], (Integer) v[4]);
                return true;
            case RecordHooks.ENGINE_RECORD_OUT:
                engineFragmentSent(v[0], v[1], (Byte) v[2], (ByteBuffer) v[3], (Integer) v[4]);
                return true;
            default:
                return datagrams.dispatch(hook, v) || foreign.dispatch(hook, v);
        }
    }

    /** An alert came in, or a post-handshake message failed: its record is wanted whatever the scope left out. */
    void keepLast(Object inputRecord) {
        RecordInHand.Slot last = inHand.last(inputRecord);
        byte[] bytes = last == null ? null : last.takeBytes();
        if (last != null && bytes != null) {
            addReceived(inputRecord, bytes, last.sequence(), false);
        }
    }

    /** The record in hand could not be decrypted or taken apart: keeps it, and says in the FAILURE which one it was. */
    void failed(Event failure, Object inputRecord) {
        RecordInHand.Slot last = inHand.last(inputRecord);
        if (last != null) {
            keepLast(inputRecord);
            RecordEvents.put(failure, readEpoch(JsseCipher.ofInput(inputRecord)), last.sequence(), false);
        }
    }

    /** InputRecord.changeReadCiphers, before it does. */
    private void readCipher(Object inputRecord, Object next) {
        Object before = JsseCipher.ofInput(inputRecord);
        if (before != null) {
            epochs.changed(before, JsseCipher.readsPlaintext(before), next, JsseCipher.readsTls13(next));
        }
    }

    /** OutputRecord.changeWriteCiphers, before it does. */
    private void writeCipher(Object outputRecord, Object next) {
        Object before = JsseCipher.ofOutput(outputRecord);
        if (before != null) {
            epochs.changed(before, JsseCipher.writesPlaintext(before), next, JsseCipher.writesTls13(next));
        }
    }

    /** SSLSocketInputRecord.decodeInputRecord, before the decryption. */
    private void socketReceived(Object inputRecord) {
        byte[] header = Jsse.header(inputRecord);
        ByteBuffer body = Jsse.body(inputRecord);
        if (header == null || body == null || scope == RecordScope.NONE) {
            return;
        }
        boolean wanted = wantsReceived(inputRecord, header[0]);
        if (!wanted && body.remaining() > MOST_IN_HAND) {
            inHand.forget();
            return;
        }
        long sequence = JsseCipher.nextRead(JsseCipher.ofInput(inputRecord));
        if (!wanted) {
            inHand.keep(inputRecord, sequence, header, body, body.position());
            return;
        }
        byte[] bytes = new byte[HEADER + body.remaining()];
        System.arraycopy(header, 0, bytes, 0, HEADER);
        body.duplicate().get(bytes, HEADER, body.remaining());
        addReceived(inputRecord, bytes, sequence, false);
    }

    /** SSLEngineInputRecord.decodeInputRecord, and JDK 8's of a socket: the buffer stands behind the record's header. */
    private void received(Object inputRecord, ByteBuffer packet, boolean engine) {
        int start = packet.position() - HEADER;
        if (scope == RecordScope.NONE) {
            return;
        }
        boolean wanted = wantsReceived(inputRecord, packet.get(start));
        if (!wanted && packet.remaining() > MOST_IN_HAND) {
            inHand.forget();
            return;
        }
        long sequence = JsseCipher.nextRead(JsseCipher.ofInput(inputRecord));
        if (wanted) {
            addReceived(inputRecord, RecordEvents.copy(packet, start, packet.limit()), sequence, engine);
        } else {
            inHand.keep(inputRecord, sequence, null, packet, start);
        }
    }

    /** Puts into a MESSAGE the records that carried it, where they are in the capture. */
    void putCarriers(Event message, Connection connection, Object inputRecord) {
        RecordInHand.Slot last = inHand.last(inputRecord);
        if (last != null && last.number() > 0) {
            for (long number : connection.carriers(last.number())) {
                message.put(Field.RECORD_NUMBER, number);
            }
        }
    }

    private void addReceived(Object inputRecord, byte[] bytes, long sequence, boolean engine) {
        Connection connection = connections.ofPart(inputRecord);
        if (connection == null) {
            inHand.note(inputRecord, sequence, 0);
            return;
        }
        long number = connection.nextRecord();
        connection.received(number, Jsse.hasBegunMessage(inputRecord));
        inHand.note(inputRecord, sequence, number);
        Object cipher = JsseCipher.ofInput(inputRecord);
        boolean plain = cipher != null && JsseCipher.readsTls13(cipher) && bytes[0] != ContentType.APPLICATION_DATA;
        Event event = RecordEvents.of(connection, "in", number);
        RecordEvents.put(event, plain ? 0 : readEpoch(cipher), plain ? JsseCipher.UNCOUNTED : sequence, false);
        if (engine) {
            putThread(event, connection, bytes[0], false);
        }
        connection.add(event.put(Field.BYTES, bytes));
    }

    private int readEpoch(@Nullable Object cipher) {
        return cipher == null ? CipherEpochs.UNKNOWN : epochs.of(cipher, JsseCipher.readsPlaintext(cipher));
    }

    /** OutputRecord.encrypt of a socket, at its end: the buffer holds the record. */
    private void socketSent(Object outputRecord, Object cipher, byte contentType, long sequence) {
        Connection connection = scope.wants(contentType) ? connections.ofPart(outputRecord) : null;
        if (connection != null && wantsSent(connection, contentType, cipher)) {
            connection.add(
                    sent(connection, contentType, cipher, sequence).put(Field.BYTES, Jsse.encrypted(outputRecord)));
        }
    }

    /** SSLEngineOutputRecord.encode, after the encryption: the record ends at the buffer's position. */
    private void engineSent(Object outputRecord, Object cipher, byte contentType, ByteBuffer destination, int start) {
        Connection connection = scope.wants(contentType) ? connections.ofPart(outputRecord) : null;
        if (connection != null && wantsSent(connection, contentType, cipher)) {
            byte[] bytes = RecordEvents.copy(destination, start, destination.position());
            Event event = sent(connection, contentType, cipher, JsseCipher.nextWritten(cipher) - 1);
            putThread(event, connection, contentType, true);
            connection.add(event.put(Field.BYTES, bytes));
        }
    }

    /** The same for handshake messages, ChangeCipherSpec and alerts, in SSLEngineOutputRecord.HandshakeFragment. */
    private void engineFragmentSent(
            Object fragment, Object cipher, byte contentType, ByteBuffer destination, int start) {
        Object outputRecord = Jsse.outer(fragment);
        if (outputRecord != null) {
            engineSent(outputRecord, cipher, contentType, destination, start);
        }
    }

    /**
     * Two threads that wrap, or unwrap, at once may send or take records in another order than the engine counts. Application
     * data passes here with records=all alone.
     */
    private static void putThread(Event event, Connection connection, byte contentType, boolean sent) {
        Thread thread = Thread.currentThread();
        event.put(Field.THREAD, thread.getName());
        if (contentType == ContentType.APPLICATION_DATA
                && connection.isCompleted()
                && connection.passes(sent, System.identityHashCode(thread))) {
            ThrowableFields.putFrames(event, new Throwable().getStackTrace(), MOST_FRAMES);
        }
    }

    private Event sent(Connection connection, byte contentType, Object cipher, long sequence) {
        Event event =
                RecordEvents.of(connection, "out", connection.nextRecord()).put(Field.CONTENT_TYPE, contentType);
        return RecordEvents.put(event, writeEpoch(cipher), sequence, false);
    }

    private int writeEpoch(Object cipher) {
        return epochs.of(cipher, JsseCipher.writesPlaintext(cipher));
    }

    private boolean wantsReceived(Object inputRecord, byte contentType) {
        return scope == RecordScope.ALL
                || contentType != ContentType.APPLICATION_DATA
                || !Jsse.isAfterHandshake(inputRecord);
    }

    /**
     * Once TLS 1.3 has completed, an alert is wanted still, and the last flight, which an engine wraps after that; but no ticket,
     * which its receiver's capture does not have. Up to TLS 1.2 another handshake may come.
     */
    private boolean wantsSent(Connection connection, byte contentType, Object cipher) {
        return scope == RecordScope.ALL
                || contentType == ContentType.ALERT
                || !connection.isCompleted()
                || !JsseCipher.writesTls13(cipher)
                || writeEpoch(cipher) == CipherEpochs.HANDSHAKE_KEYS;
    }
}
