package dev.tlscope.agent.stack.jsse;

import static dev.tlscope.agent.stack.jsse.JsseNames.BUFFER;
import static dev.tlscope.agent.stack.jsse.JsseNames.L;
import static dev.tlscope.agent.stack.jsse.JsseNames.SSL;
import static dev.tlscope.agent.weave.Hook.Where.AFTER_CALL;
import static dev.tlscope.agent.weave.Hook.Where.EXIT;
import static dev.tlscope.agent.weave.HookValue.RESULT;
import static dev.tlscope.agent.weave.HookValue.THIS;
import static dev.tlscope.agent.weave.HookValue.arg;
import static dev.tlscope.agent.weave.HookValue.callArg;

import dev.tlscope.agent.config.RecordScope;
import dev.tlscope.agent.record.CipherEpochs;
import dev.tlscope.agent.record.Connection;
import dev.tlscope.agent.stack.jsse.field.Jsse;
import dev.tlscope.agent.stack.jsse.field.JsseCipher;
import dev.tlscope.agent.weave.HookRow;
import dev.tlscope.agent.weave.HookTable;
import dev.tlscope.capture.Direction;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.ContentType;
import java.nio.ByteBuffer;

/**
 * Records the wire records that are sent, after their encryption. A record of application data costs a test of its
 * type, unless all records are captured.
 */
final class SentRecordTaps {
    private final ConnectionTaps connections;
    private final RecordScope scope;
    private final CipherTaps ciphers;

    SentRecordTaps(ConnectionTaps connections, RecordScope scope, CipherTaps ciphers) {
        this.connections = connections;
        this.scope = scope;
        this.ciphers = ciphers;
    }

    void declare(HookTable table) {
        table.on(SSL + "OutputRecord", "encrypt", EXIT, "(" + L + "SSLCipher$SSLWriteCipher;BI)J")
                .named("socket-record-out")
                .pass(THIS, arg(0), arg(1), RESULT)
                .to((a, b, c, d, e) -> socketSent(a, b, (Byte) c, (Long) d));
        afterEncrypt(table, SSL + "SSLEngineOutputRecord", "encode", "([" + BUFFER + "II" + BUFFER)
                .named("engine-data-out")
                .to((a, b, c, d, e) -> engineSent(a, b, (Byte) c, (ByteBuffer) d, (Integer) e));
        afterEncrypt(table, SSL + "SSLEngineOutputRecord$HandshakeFragment", "acquireCiphertext", "(" + BUFFER)
                .named("engine-record-out")
                .to((a, b, c, d, e) -> engineFragmentSent(a, b, (Byte) c, (ByteBuffer) d, (Integer) e));
    }

    /**
     * A hook after a record was encrypted into the call's last buffer. It passes the cipher, the content type, the
     * buffer and the record's start in it.
     */
    static HookRow afterEncrypt(HookTable table, String className, String method, String parameters) {
        return table.on(className, method, AFTER_CALL, parameters + ")" + L + "Ciphertext;")
                .inside("encrypt")
                .pass(THIS, callArg(0), callArg(1), callArg(2), callArg(3));
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
            RecordEvents.putThread(event, connection, contentType, true);
            connection.add(event.put(Field.BYTES, bytes));
        }
    }

    /**
     * Called after the encryption of handshake messages, ChangeCipherSpec and alerts, in
     * SSLEngineOutputRecord.HandshakeFragment.
     */
    private void engineFragmentSent(
            Object fragment, Object cipher, byte contentType, ByteBuffer destination, int start) {
        Object outputRecord = Jsse.outer(fragment);
        if (outputRecord != null) {
            engineSent(outputRecord, cipher, contentType, destination, start);
        }
    }

    private Event sent(Connection connection, byte contentType, Object cipher, long sequence) {
        Event event = RecordEvents.of(connection, Direction.OUT, connection.nextRecord())
                .put(Field.CONTENT_TYPE, contentType);
        return RecordEvents.put(event, ciphers.writeEpoch(cipher), sequence, false);
    }

    /**
     * When a TLS 1.3 handshake has completed, alerts are still captured, and the last flight, which an engine wraps
     * after that; but no NewSessionTicket, which its receiver's capture does not have either. Up to TLS 1.2 another
     * handshake may follow.
     */
    private boolean wantsSent(Connection connection, byte contentType, Object cipher) {
        return scope == RecordScope.ALL
                || contentType == ContentType.ALERT
                || !connection.isCompleted()
                || !JsseCipher.writesTls13(cipher)
                || ciphers.writeEpoch(cipher) == CipherEpochs.HANDSHAKE_KEYS;
    }
}
