package dev.tlscope.agent.stack.provider;

import static dev.tlscope.agent.weave.Hook.Where.BEFORE_CALL;
import static dev.tlscope.agent.weave.Hook.Where.ENTER;
import static dev.tlscope.agent.weave.Hook.Where.EXIT;
import static dev.tlscope.agent.weave.HookValue.THIS;
import static dev.tlscope.agent.weave.HookValue.arg;
import static dev.tlscope.agent.weave.HookValue.callArg;

import dev.tlscope.agent.record.WeakIdentityMap;
import dev.tlscope.agent.stack.StackContext;
import dev.tlscope.agent.weave.HookTable;
import dev.tlscope.agent.weave.HookTarget;
import dev.tlscope.capture.Direction;
import dev.tlscope.tls.ContentType;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What BouncyCastle's BCJSSE shows inside: the content of every record before it is encrypted and after it was decrypted, for
 * engines and sockets, and the records of its sockets.
 */
final class BouncyCastleTaps {
    private static final String RECORD_STREAM = "org.bouncycastle.tls.RecordStream";
    private static final String PROTOCOL = "org.bouncycastle.tls.TlsProtocol";
    private static final String PROVIDER = "org.bouncycastle.jsse.provider.";
    private static final int HEADER = 5;

    private final ProviderConnections connections;

    /** By RecordStream and TlsProtocol. */
    private final WeakIdentityMap<ProviderConnection> inside = new WeakIdentityMap<>();

    private final BouncyCastleSecrets secrets = new BouncyCastleSecrets();

    BouncyCastleTaps(ProviderConnections connections) {
        this.connections = connections;
    }

    /** The classes that are woven beside an engine or socket class, from the same loader. */
    static Set<String> beside(Class<?> type) {
        return type.getName().startsWith(PROVIDER)
                ? new HashSet<>(Arrays.asList(RECORD_STREAM, PROTOCOL))
                : Collections.emptySet();
    }

    void declare(HookTable table) {
        table.on(
                        RECORD_STREAM,
                        "<init>",
                        EXIT,
                        "(Lorg/bouncycastle/tls/TlsProtocol;Ljava/io/InputStream;Ljava/io/OutputStream;)V")
                .named("bc-record-stream-made")
                .inSubclasses()
                .pass(THIS, arg(0))
                .to((a, b, c, d, e) -> made(a, b));
        table.on(RECORD_STREAM, "writeRecord", ENTER, "(S[BII)V")
                .named("bc-content-out")
                .inSubclasses()
                .pass(THIS, arg(0), arg(1), arg(2), arg(3))
                .to((a, b, c, d, e) -> content(Direction.OUT, a, (Short) b, (byte[]) c, (Integer) d, (Integer) e));
        table.on(PROTOCOL, "processRecord", ENTER, "(S[BII)V")
                .named("bc-content-in")
                .inSubclasses()
                .pass(THIS, arg(0), arg(1), arg(2), arg(3))
                .to((a, b, c, d, e) -> content(Direction.IN, a, (Short) b, (byte[]) c, (Integer) d, (Integer) e));
        table.on(RECORD_STREAM, "writeRecord", BEFORE_CALL, "(S[BII)V")
                .inside("write")
                .named("bc-record-out")
                .inSubclasses()
                .pass(THIS, callArg(0), callArg(1), callArg(2))
                .to((a, b, c, d, e) -> record(a, Direction.OUT, (byte[]) b, (Integer) c, (Integer) d));
        table.on(
                        RECORD_STREAM,
                        "decodeAndVerify",
                        ENTER,
                        "(SLorg/bouncycastle/tls/ProtocolVersion;[BII)Lorg/bouncycastle/tls/crypto/TlsDecodeResult;")
                .named("bc-record-in")
                .inSubclasses()
                .pass(THIS, arg(2), arg(3), arg(4))
                .to((a, b, c, d, e) -> record(a, Direction.IN, (byte[]) b, (Integer) c - HEADER, (Integer) d + HEADER));
        table.on(RECORD_STREAM, "checkRecordType", ENTER, "([BI)S")
                .named("bc-header-in")
                .inSubclasses()
                .pass(THIS, arg(0), arg(1))
                .to((a, b, c, d, e) -> header(a, (byte[]) b, (Integer) c));
        secrets(table);
    }

    /** Each is called before the keys of a stage are used, when its secrets are known. */
    private void secrets(HookTable table) {
        HookTarget known = (a, b, c, d, e) -> secretsKnown(a);
        table.on(RECORD_STREAM, "enablePendingCipherWrite", ENTER, "()V")
                .named("bc-keys-out")
                .inSubclasses()
                .onlyWith(StackContext.SECRETS_ON)
                .pass(THIS)
                .to(known);
        table.on(RECORD_STREAM, "notifyChangeCipherSpecReceived", ENTER, "()V")
                .named("bc-keys-in")
                .inSubclasses()
                .onlyWith(StackContext.SECRETS_ON)
                .pass(THIS)
                .to(known);
    }

    private void secretsKnown(Object stream) {
        ProviderConnection at = inside.get(stream);
        if (at != null) {
            secrets.record(at.connection, stream);
        }
    }

    /** RecordStream's constructor, in a call of the engine or socket that begins the handshake. */
    private void made(Object stream, @Nullable Object protocol) {
        ProviderConnection at = connections.ofThread();
        if (at != null) {
            at.tellsContent();
            inside.put(stream, at);
            if (protocol != null) {
                inside.put(protocol, at);
            }
        }
    }

    private void content(Direction direction, Object stream, short type, byte[] bytes, int from, int length) {
        if (type == ContentType.APPLICATION_DATA) {
            return;
        }
        ProviderConnection at = inside.get(stream);
        if (at != null) {
            at.content(direction, type, Arrays.copyOfRange(bytes, from, from + length));
        }
    }

    /** The records of an engine pass through wrap and unwrap. */
    private void record(Object stream, Direction direction, byte[] buffer, int from, int length) {
        ProviderConnection at = inside.get(stream);
        if (at != null && from >= 0 && at.isSocket() && at.isWanted()) {
            at.wire(direction, Arrays.copyOfRange(buffer, from, from + length), true);
        }
    }

    /** RecordStream.checkRecordType: the five bytes that a socket read as a header. */
    private void header(Object stream, byte[] buffer, int from) {
        ProviderConnection at = inside.get(stream);
        int type = buffer[from] & 0xff;
        boolean known = type >= ContentType.CHANGE_CIPHER_SPEC && type <= ContentType.APPLICATION_DATA;
        if (at != null && !known && at.isSocket() && at.isWanted()) {
            at.wire(Direction.IN, Arrays.copyOfRange(buffer, from, Math.min(buffer.length, from + HEADER)), false);
        }
    }
}
