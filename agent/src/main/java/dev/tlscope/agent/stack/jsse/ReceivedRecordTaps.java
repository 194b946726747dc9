package dev.tlscope.agent.stack.jsse;

import static dev.tlscope.agent.stack.jsse.JsseNames.BUFFER;
import static dev.tlscope.agent.stack.jsse.JsseNames.PLAINTEXTS;
import static dev.tlscope.agent.stack.jsse.JsseNames.SSL;
import static dev.tlscope.agent.weave.Hook.Where.BEFORE_CALL;
import static dev.tlscope.agent.weave.HookValue.THIS;
import static dev.tlscope.agent.weave.HookValue.arg;
import static dev.tlscope.agent.weave.HookValue.callArg;

import dev.tlscope.agent.config.RecordScope;
import dev.tlscope.agent.record.Connection;
import dev.tlscope.agent.stack.jsse.field.Jsse;
import dev.tlscope.agent.stack.jsse.field.JsseCipher;
import dev.tlscope.agent.weave.HookTable;
import dev.tlscope.capture.Direction;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.ContentType;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Records the wire records that are received. This is the path of application data: unless all records are captured, a
 * record of application data costs a test of fields that JSSE has already, a copy if it is short, and no look-up.
 */
final class ReceivedRecordTaps {
    private static final int HEADER = 5;

    /**
     * The largest record of application data that is kept until its decryption: an alert of TLS 1.3, which looks like
     * application data, has 19 bytes and its cipher's tag. Copying every record of a bulk transfer took 15 % of its
     * time (src/bench/throughput.sh).
     */
    private static final int MOST_IN_HAND = 64;

    private final ConnectionTaps connections;
    private final RecordScope scope;
    private final CipherTaps ciphers;
    private final LastReceivedRecords inHand = new LastReceivedRecords();

    ReceivedRecordTaps(ConnectionTaps connections, RecordScope scope, CipherTaps ciphers) {
        this.connections = connections;
        this.scope = scope;
        this.ciphers = ciphers;
    }

    /** The hooks run before the decryption, because afterwards the buffer holds the plaintext. */
    void declare(HookTable table) {
        table.on(SSL + "SSLSocketInputRecord", "decodeInputRecord", BEFORE_CALL, "(" + PLAINTEXTS)
                .inside("decrypt")
                .named("socket-record-in")
                .pass(THIS)
                .to((a, b, c, d, e) -> socketReceived(a));
        // JDK 8 has no field for the fragment: it passes a buffer that begins with the header.
        table.on(SSL + "SSLSocketInputRecord", "decodeInputRecord", BEFORE_CALL, "([B" + PLAINTEXTS)
                .inside("decrypt")
                .named("socket-record-in")
                .pass(THIS, callArg(1))
                .to((a, b, c, d, e) -> received(a, (ByteBuffer) b, false));
        table.on(SSL + "SSLEngineInputRecord", "decodeInputRecord", BEFORE_CALL, "(" + BUFFER + PLAINTEXTS)
                .inside("decrypt")
                .named("engine-record-in")
                .pass(THIS, arg(0))
                .to((a, b, c, d, e) -> received(a, (ByteBuffer) b, true));
    }

    /** Captures the record of an alert, or of a post-handshake message that failed, whatever the scope is. */
    void keepLast(Object inputRecord) {
        LastReceivedRecords.Slot last = inHand.last(inputRecord);
        byte[] bytes = last == null ? null : last.takeBytes();
        if (last != null && bytes != null) {
            addReceived(inputRecord, bytes, last.sequence(), false);
        }
    }

    /** Captures the thread's last record, which could not be decrypted or parsed, and refers to it in the FAILURE. */
    void failed(Event failure, Object inputRecord) {
        LastReceivedRecords.Slot last = inHand.last(inputRecord);
        if (last != null) {
            keepLast(inputRecord);
            RecordEvents.put(failure, ciphers.readEpoch(JsseCipher.ofInput(inputRecord)), last.sequence(), false);
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
        RecordEvents.copy(body, body.position(), bytes, HEADER, body.remaining());
        addReceived(inputRecord, bytes, sequence, false);
    }

    /**
     * SSLEngineInputRecord.decodeInputRecord, and JDK 8's of a socket: the buffer's position is after the record's
     * header.
     */
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

    /** Writes the numbers of the records that carried a MESSAGE into it, if they were captured. */
    void putCarriers(Event message, Connection connection, Object inputRecord) {
        LastReceivedRecords.Slot last = inHand.last(inputRecord);
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
        Event event = RecordEvents.of(connection, Direction.IN, number);
        RecordEvents.put(event, plain ? 0 : ciphers.readEpoch(cipher), plain ? JsseCipher.UNCOUNTED : sequence, false);
        if (engine) {
            RecordEvents.putThread(event, connection, bytes[0], false);
        }
        connection.add(event.put(Field.BYTES, bytes));
    }

    private boolean wantsReceived(Object inputRecord, byte contentType) {
        return scope == RecordScope.ALL
                || contentType != ContentType.APPLICATION_DATA
                || !Jsse.isAfterHandshake(inputRecord)
                || isDueForFinished(JsseCipher.ofInput(inputRecord));
    }

    /** Up to TLS 1.2 the first record under new keys is the Finished (RFC 5246, 7.1): application data there is a fault. */
    private static boolean isDueForFinished(@Nullable Object cipher) {
        return cipher != null && !JsseCipher.readsTls13(cipher) && JsseCipher.nextRead(cipher) == 0;
    }
}
