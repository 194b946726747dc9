package dev.tlscope.agent.jsse;

import dev.tlscope.agent.record.Connection;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What is no record of SSLv3 or later: an SSLv2 hello, or no TLS at all. */
final class ForeignRecordTaps {
    private final ConnectionTaps connections;
    private final RecordScope scope;

    ForeignRecordTaps(ConnectionTaps connections, RecordScope scope) {
        this.connections = connections;
        this.scope = scope;
    }

    /** Takes its hooks of {@link RecordHooks}; false for any other. */
    boolean dispatch(int hook, Object[] v) {
        switch (hook) {
            case RecordHooks.SOCKET_UNKNOWN_IN:
                unknown(v[0], Jsse.header(v[0]));
                return true;
            case RecordHooks.SOCKET_UNKNOWN_IN_8:
                unknown(v[0], (byte[]) v[1]);
                return true;
            case RecordHooks.ENGINE_UNKNOWN_IN:
            case RecordHooks.ENGINE_NO_TLS:
                engineUnknown(v[0], (ByteBuffer) v[1]);
                return true;
            case RecordHooks.SOCKET_V2_HELLO_IN:
            case RecordHooks.SOCKET_V2_HELLO_IN_8:
                version2(connections.ofPart(v[0]), "in", (ByteBuffer) v[1]);
                return true;
            case RecordHooks.SOCKET_V2_HELLO_OUT:
            case RecordHooks.ENGINE_V2_HELLO_OUT:
                version2(connections.ofPart(v[0]), "out", (ByteBuffer) v[1]);
                return true;
            default:
                return false;
        }
    }

    /** No TLS at all: of a socket only the header was read. An SSLv2 hello that JSSE takes comes by later, whole. */
    private void unknown(Object inputRecord, byte @Nullable [] header) {
        if (header != null && scope != RecordScope.NONE && !Jsse.takesVersion2(inputRecord, header)) {
            RecordEvents.add(connections.ofPart(inputRecord), "in", header.clone(), 0, JsseCipher.UNCOUNTED);
        }
    }

    /** InputRecord.convertToClientHello's argument, OutputRecord.encodeV2ClientHello's result: the whole record. */
    private void version2(@Nullable Connection connection, String direction, @Nullable ByteBuffer record) {
        if (record != null && scope != RecordScope.NONE) {
            RecordEvents.add(
                    connection, direction, RecordEvents.copy(record, 0, record.limit()), 0, JsseCipher.UNCOUNTED);
        }
    }

    /** SSLEngineInputRecord.handleUnknownRecord. */
    private void engineUnknown(Object inputRecord, ByteBuffer packet) {
        if (scope != RecordScope.NONE) {
            int end = Math.min(packet.limit(), packet.position() + 1024);
            RecordEvents.add(
                    connections.ofPart(inputRecord),
                    "in",
                    RecordEvents.copy(packet, packet.position(), end),
                    0,
                    JsseCipher.UNCOUNTED);
        }
    }
}
