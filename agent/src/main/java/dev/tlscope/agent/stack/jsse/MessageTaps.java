package dev.tlscope.agent.stack.jsse;

import static dev.tlscope.agent.stack.jsse.JsseNames.CONTEXT;
import static dev.tlscope.agent.stack.jsse.JsseNames.L;
import static dev.tlscope.agent.stack.jsse.JsseNames.SSL;
import static dev.tlscope.agent.weave.Hook.Where.ENTER;
import static dev.tlscope.agent.weave.HookValue.THIS;
import static dev.tlscope.agent.weave.HookValue.arg;

import dev.tlscope.agent.record.Connection;
import dev.tlscope.agent.record.Recorder;
import dev.tlscope.agent.socket.EngineAddresses;
import dev.tlscope.agent.stack.StackContext;
import dev.tlscope.agent.stack.jsse.field.Jsse;
import dev.tlscope.agent.stack.jsse.field.SessionFields;
import dev.tlscope.agent.weave.HookTable;
import dev.tlscope.agent.weave.HookTarget;
import dev.tlscope.capture.Direction;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.ContentType;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Plaintext messages in both directions, and the completed handshake. */
final class MessageTaps {
    private static final int CLIENT_HELLO = 1;
    private static final int RANDOM_OFFSET = 4 + 2; // handshake header, legacy_version (RFC 8446, 4.1.2)
    private static final int RANDOM_LENGTH = 32;

    /** The beginning of the ids of a transport's hooks, and its OutputRecord. JDK 8 has no DTLS. */
    private static final String[][] TRANSPORTS = {
        {"socket", SSL + "SSLSocketOutputRecord"},
        {"engine", SSL + "SSLEngineOutputRecord"},
        {"dtls", SSL + "DTLSOutputRecord"}
    };

    private final ConnectionTaps connections;
    private final EngineAddresses addresses;
    private final Recorder recorder;
    private final ReceivedRecordTaps records;
    private final ProofTaps proofs;

    MessageTaps(ConnectionTaps connections, StackContext stack, ReceivedRecordTaps records, ProofTaps proofs) {
        this.connections = connections;
        this.addresses = stack.addresses;
        this.recorder = stack.recorder;
        this.records = records;
        this.proofs = proofs;
    }

    void declare(HookTable table) {
        table.on(CONTEXT, "dispatch", ENTER, "(" + L + "Plaintext;)V")
                .named("dispatch")
                .pass(THIS, arg(0))
                .to((a, b, c, d, e) -> received(a, b));
        table.on(CONTEXT, "finishHandshake", ENTER, "()Ljavax/net/ssl/SSLEngineResult$HandshakeStatus;")
                .named("handshake-finished")
                .pass(THIS)
                .to((a, b, c, d, e) -> {
                    finished(a);
                    proofs.sessionBegins(a);
                });
        HookTarget message = (a, b, c, d, e) -> sent(a, (byte[]) b, (Integer) c, (Integer) d);
        HookTarget alert = (a, b, c, d, e) -> alertSent(a, (Byte) b, (Byte) c);
        HookTarget changeCipherSpec = (a, b, c, d, e) -> changeCipherSpecSent(a);
        for (String[] transport : TRANSPORTS) {
            table.on(transport[1], "encodeHandshake", ENTER, "([BII)V")
                    .named(transport[0] + "-handshake-out")
                    .pass(THIS, arg(0), arg(1), arg(2))
                    .to(message);
            table.on(transport[1], "encodeAlert", ENTER, "(BB)V")
                    .named(transport[0] + "-alert-out")
                    .pass(THIS, arg(0), arg(1))
                    .to(alert);
            table.on(transport[1], "encodeChangeCipherSpec", ENTER, "()V")
                    .named(transport[0] + "-ccs-out")
                    .pass(THIS)
                    .to(changeCipherSpec);
        }
    }

    /** TransportContext.dispatch: a decrypted record that is not application data. */
    private void received(Object context, @Nullable Object plaintext) {
        if (plaintext == null) {
            return;
        }
        ByteBuffer fragment = Jsse.fragment(plaintext);
        int type = Jsse.contentType(plaintext);
        if (fragment == null || type == ContentType.APPLICATION_DATA) {
            return;
        }
        byte[] bytes = RecordEvents.copy(fragment, fragment.position(), fragment.limit());
        if (type == ContentType.ALERT) {
            recorder.counters().alertsReceived.incrementAndGet();
            Object input = Jsse.inputRecord(context);
            if (input != null) {
                records.keepLast(input);
            }
        }
        Connection connection = connections.of(context);
        Event message = message(connection, Direction.IN, type, bytes);
        Object input = Jsse.inputRecord(context);
        if (input != null) {
            records.putCarriers(message, connection, input);
        }
        connection.add(message.put(Field.BYTES, bytes));
    }

    /** OutputRecord.encodeHandshake: one whole handshake message. */
    private void sent(Object outputRecord, byte[] source, int offset, int length) {
        Connection connection = connections.ofPart(outputRecord);
        if (connection != null && !Jsse.isOutputClosed(outputRecord)) {
            sent(connection, ContentType.HANDSHAKE, Arrays.copyOfRange(source, offset, offset + length));
        }
    }

    /** OutputRecord.encodeAlert, which does nothing when the record is closed. */
    private void alertSent(Object outputRecord, byte level, byte description) {
        Connection connection = connections.ofPart(outputRecord);
        if (connection != null && !Jsse.isOutputClosed(outputRecord)) {
            recorder.counters().alertsSent.incrementAndGet();
            sent(connection, ContentType.ALERT, new byte[] {level, description});
        }
    }

    /** OutputRecord.encodeChangeCipherSpec. */
    private void changeCipherSpecSent(Object outputRecord) {
        Connection connection = connections.ofPart(outputRecord);
        if (connection != null && !Jsse.isOutputClosed(outputRecord)) {
            sent(connection, ContentType.CHANGE_CIPHER_SPEC, new byte[] {1});
        }
    }

    /** TransportContext.finishHandshake. */
    private void finished(Object context) {
        Connection connection = connections.of(context);
        Object handshake = Jsse.handshakeContext(context);
        Event event = connection
                .event(EventType.HANDSHAKE)
                .put(Field.PROTOCOL, Jsse.protocol(handshake))
                .put(Field.CIPHER_SUITE, Jsse.cipherSuite(handshake))
                .put(Field.RESUMED, Jsse.isResumption(handshake) ? 1 : 0);
        SessionFields.put(event, handshake, recorder.started());
        connection.add(connections.configured(event, context));
        connection.complete();
    }

    private void sent(Connection connection, int type, byte[] bytes) {
        connection.add(message(connection, Direction.OUT, type, bytes).put(Field.BYTES, bytes));
    }

    /** A MESSAGE without its bytes. */
    private Event message(Connection connection, Direction direction, int type, byte[] bytes) {
        if (type == ContentType.HANDSHAKE
                && bytes.length >= RANDOM_OFFSET + RANDOM_LENGTH
                && bytes[0] == CLIENT_HELLO) {
            connection.clientRandom(Arrays.copyOfRange(bytes, RANDOM_OFFSET, RANDOM_OFFSET + RANDOM_LENGTH));
        }
        if (type == ContentType.HANDSHAKE) {
            addresses.message(connection, direction.equals(Direction.OUT), bytes);
        }
        return connection
                .event(EventType.MESSAGE)
                .put(direction)
                .put(Field.CONTENT_TYPE, type)
                .put(Field.THREAD, Thread.currentThread().getName());
    }
}
