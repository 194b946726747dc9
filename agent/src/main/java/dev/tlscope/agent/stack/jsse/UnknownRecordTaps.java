package dev.tlscope.agent.stack.jsse;

import static dev.tlscope.agent.stack.jsse.JsseNames.BUFFER;
import static dev.tlscope.agent.stack.jsse.JsseNames.PLAINTEXTS;
import static dev.tlscope.agent.stack.jsse.JsseNames.SSL;
import static dev.tlscope.agent.weave.Hook.Where.AFTER_CALL;
import static dev.tlscope.agent.weave.Hook.Where.BEFORE_CALL;
import static dev.tlscope.agent.weave.Hook.Where.ENTER;
import static dev.tlscope.agent.weave.HookValue.CALL_RESULT;
import static dev.tlscope.agent.weave.HookValue.THIS;
import static dev.tlscope.agent.weave.HookValue.arg;
import static dev.tlscope.agent.weave.HookValue.callArg;

import dev.tlscope.agent.config.RecordScope;
import dev.tlscope.agent.record.Connection;
import dev.tlscope.agent.socket.EngineAddresses;
import dev.tlscope.agent.stack.StackContext;
import dev.tlscope.agent.stack.jsse.field.Jsse;
import dev.tlscope.agent.stack.jsse.field.JsseCipher;
import dev.tlscope.agent.weave.HookTable;
import dev.tlscope.agent.weave.HookTarget;
import dev.tlscope.capture.Direction;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Records bytes that are no record of SSLv3 or later: an SSLv2 CLIENT-HELLO, or not TLS at all. */
final class UnknownRecordTaps {
    private final ConnectionTaps connections;
    private final RecordScope scope;
    private final EngineAddresses addresses;

    UnknownRecordTaps(ConnectionTaps connections, StackContext stack) {
        this.connections = connections;
        this.scope = stack.records;
        this.addresses = stack.addresses;
    }

    void declare(HookTable table) {
        String socketInput = SSL + "SSLSocketInputRecord";
        String engineInput = SSL + "SSLEngineInputRecord";
        table.on(socketInput, "handleUnknownRecord", ENTER, "(" + PLAINTEXTS)
                .named("socket-unknown-in")
                .pass(THIS)
                .to((a, b, c, d, e) -> unknown(a, Jsse.header(a)));
        // JDK 8 has no field for the header.
        table.on(socketInput, "handleUnknownRecord", ENTER, "([B" + PLAINTEXTS)
                .named("socket-unknown-in")
                .pass(THIS, arg(0))
                .to((a, b, c, d, e) -> unknown(a, (byte[]) b));
        HookTarget engineUnknown = (a, b, c, d, e) -> engineUnknown(a, (ByteBuffer) b);
        table.on(engineInput, "handleUnknownRecord", ENTER, "(" + BUFFER + PLAINTEXTS)
                .named("engine-unknown-in")
                .pass(THIS, arg(0))
                .to(engineUnknown);
        // The method creates one exception, "plaintext connection?", and reads no record after it.
        table.on(engineInput, "bytesInCompletePacket", BEFORE_CALL, "(" + BUFFER + ")I")
                .inside("<init>")
                .named("engine-no-tls")
                .pass(THIS, arg(0))
                .to(engineUnknown);
        // An SSLv2 CLIENT-HELLO (RFC 5246, E.2) does not pass through the ciphers; an engine receives it at
        // engine-unknown-in.
        table.on(socketInput, "handleUnknownRecord", BEFORE_CALL, "(" + PLAINTEXTS, "([B" + PLAINTEXTS)
                .inside("convertToClientHello")
                .named("socket-v2-hello-in")
                .pass(THIS, callArg(0))
                .to((a, b, c, d, e) -> version2(connections.ofPart(a), Direction.IN, (ByteBuffer) b));
        HookTarget version2Sent = (a, b, c, d, e) -> version2(connections.ofPart(a), Direction.OUT, (ByteBuffer) b);
        for (String transport : new String[] {"Socket", "Engine"}) {
            table.on(SSL + "SSL" + transport + "OutputRecord", "encodeHandshake", AFTER_CALL, "([BII)V")
                    .inside("encodeV2ClientHello")
                    .named(transport.toLowerCase(Locale.ROOT) + "-v2-hello-out")
                    .pass(THIS, CALL_RESULT)
                    .to(version2Sent);
        }
    }

    /**
     * Not TLS at all: a socket read only the header. An SSLv2 CLIENT-HELLO that JSSE accepts is recorded later, as a
     * whole.
     */
    private void unknown(Object inputRecord, byte @Nullable [] header) {
        if (header != null && scope != RecordScope.NONE && !Jsse.takesVersion2(inputRecord, header)) {
            RecordEvents.add(connections.ofPart(inputRecord), Direction.IN, header.clone(), 0, JsseCipher.UNCOUNTED);
        }
    }

    /** InputRecord.convertToClientHello's argument, OutputRecord.encodeV2ClientHello's result: the whole record. */
    private void version2(@Nullable Connection connection, Direction direction, @Nullable ByteBuffer record) {
        if (record != null && scope != RecordScope.NONE) {
            RecordEvents.add(
                    connection, direction, RecordEvents.copy(record, 0, record.limit()), 0, JsseCipher.UNCOUNTED);
        }
    }

    /** SSLEngineInputRecord.handleUnknownRecord. */
    private void engineUnknown(Object inputRecord, ByteBuffer packet) {
        if (scope != RecordScope.NONE) {
            int end = Math.min(packet.limit(), packet.position() + 1024);
            byte[] bytes = RecordEvents.copy(packet, packet.position(), end);
            Connection connection = connections.ofPart(inputRecord);
            RecordEvents.add(connection, Direction.IN, bytes, 0, JsseCipher.UNCOUNTED);
            if (connection != null) {
                addresses.plaintext(connection);
            }
        }
    }
}
