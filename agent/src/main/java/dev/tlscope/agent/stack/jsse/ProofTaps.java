package dev.tlscope.agent.stack.jsse;

import static dev.tlscope.agent.stack.jsse.JsseNames.BUFFER;
import static dev.tlscope.agent.stack.jsse.JsseNames.HANDSHAKE;
import static dev.tlscope.agent.stack.jsse.JsseNames.L;
import static dev.tlscope.agent.stack.jsse.JsseNames.SECRETS_ON;
import static dev.tlscope.agent.stack.jsse.JsseNames.SECRET_KEY;
import static dev.tlscope.agent.stack.jsse.JsseNames.SSL;
import static dev.tlscope.agent.stack.jsse.JsseNames.STRING;
import static dev.tlscope.agent.weave.Hook.Where.AFTER_CALL;
import static dev.tlscope.agent.weave.Hook.Where.ENTER;
import static dev.tlscope.agent.weave.Hook.Where.EXIT;
import static dev.tlscope.agent.weave.HookValue.CALL_RESULT;
import static dev.tlscope.agent.weave.HookValue.RESULT;
import static dev.tlscope.agent.weave.HookValue.THIS;
import static dev.tlscope.agent.weave.HookValue.arg;
import static dev.tlscope.agent.weave.HookValue.callArg;

import dev.tlscope.agent.record.Connection;
import dev.tlscope.agent.record.WeakIdentityMap;
import dev.tlscope.agent.stack.jsse.field.Jsse;
import dev.tlscope.agent.stack.jsse.field.JsseSecrets;
import dev.tlscope.agent.weave.HookTable;
import dev.tlscope.capture.Direction;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Records the values with which a side proves that it has the keys and saw the same messages, and exporter calls. */
final class ProofTaps {
    private final ConnectionTaps connections;
    private final boolean secrets;

    /**
     * The connection that last completed a handshake with an SSLSessionImpl, which has no reference to a connection.
     */
    private final WeakIdentityMap<Connection> sessions = new WeakIdentityMap<>();

    /** The binder that PreSharedKeyExtension.checkBinder is about to check, by its HandshakeContext. */
    private final WeakIdentityMap<byte[]> binders = new WeakIdentityMap<>();

    /** @param secrets whether secrets are captured */
    ProofTaps(ConnectionTaps connections, boolean secrets) {
        this.connections = connections;
        this.secrets = secrets;
    }

    void declare(HookTable table) {
        table.on(
                        SSL + "Finished$FinishedMessage",
                        "<init>",
                        AFTER_CALL,
                        "(" + HANDSHAKE + ")V",
                        "(" + HANDSHAKE + BUFFER + ")V")
                .inside("createVerifyData")
                .named("finished")
                .pass(THIS, arg(0), callArg(1), CALL_RESULT)
                .to((a, b, c, d, e) -> finished(a, b, (Boolean) c, (byte[]) d));
        table.on(
                        SSL + "CertificateVerify$T13CertificateVerifyMessage",
                        "<init>",
                        AFTER_CALL,
                        "(" + HANDSHAKE + L + "X509Authentication$X509Possession;)V",
                        "(" + HANDSHAKE + BUFFER + ")V")
                .inside("digest")
                .named("certificate-verify")
                .onlyWith(SECRETS_ON)
                .pass(arg(0), arg(1), CALL_RESULT)
                .to((a, b, c, d, e) -> certificateVerify(a, b, (byte[]) c));
        table.on(SSL + "SSLSessionImpl", "exportKeyingMaterial", EXIT, "(" + STRING + STRING + "[BI)Ljava/lang/Object;")
                .named("exported")
                .onlyWith(SECRETS_ON)
                .pass(THIS, arg(1), arg(2), arg(3), RESULT)
                .to((a, b, c, d, e) -> exported(a, (String) b, (byte[]) c, (Integer) d, e));
        String psk = SSL + "PreSharedKeyExtension";
        String session = L + "SSLSessionImpl;";
        table.on(psk, "checkBinder", ENTER, "(" + L + "ServerHandshakeContext;" + session + L + "HandshakeHash;[B)V")
                .named("binder-check")
                .onlyWith(SECRETS_ON)
                .pass(arg(0), arg(3))
                .to((a, b, c, d, e) -> binderReceived(a, (byte[]) b));
        table.on(psk, "computeBinder", EXIT, "(" + HANDSHAKE + SECRET_KEY + session + "[B)[B")
                .named("binder-computed")
                .onlyWith(SECRETS_ON)
                .pass(arg(0), arg(3), RESULT)
                .to((a, b, c, d, e) -> binderComputed(a, (byte[]) b, (byte[]) c));
    }

    /** Finished.FinishedMessage.&lt;init&gt;: verify_data was computed, to be sent or to verify the peer's. */
    private void finished(Object message, Object handshake, boolean checks, byte[] computed) {
        Object context = Jsse.transportContext(handshake);
        if (context == null) {
            return;
        }
        boolean client = Jsse.isClient(context) != checks;
        Connection connection = connections.of(context);
        byte[] received = checks ? JsseSecrets.verifyData(message) : null;
        // a Finished that verifies proves that both sides hashed the same messages (RFC 8446, 4.4.4)
        boolean proven = received != null && !secrets && Arrays.equals(received, computed);
        Event event = proof(connection, client ? "client_finished" : "server_finished", checks)
                .put(Field.TRANSCRIPT_HASH, proven ? null : JsseSecrets.transcriptHash(handshake))
                .put(Field.BYTES, computed.clone());
        connection.add(event.put(Field.RECEIVED, received == null ? null : received.clone()));
    }

    /** T13CertificateVerifyMessage.&lt;init&gt;: the message is created from a possession, or read from a buffer. */
    private void certificateVerify(Object handshake, @Nullable Object source, byte[] hash) {
        Object context = Jsse.transportContext(handshake);
        if (context == null) {
            return;
        }
        boolean checks = source instanceof ByteBuffer;
        String side = Jsse.isClient(context) != checks ? "client" : "server";
        Connection connection = connections.of(context);
        connection.add(
                proof(connection, side + "_certificate_verify", checks).put(Field.TRANSCRIPT_HASH, hash.clone()));
    }

    /** PreSharedKeyExtension.checkBinder: the binder that the client sent. */
    private void binderReceived(Object handshake, byte[] binder) {
        binders.put(handshake, binder.clone());
    }

    /** PreSharedKeyExtension.computeBinder. */
    private void binderComputed(Object handshake, byte[] hash, byte @Nullable [] computed) {
        Connection connection = connections.ofHandshake(handshake);
        if (connection != null && computed != null) {
            byte[] received = binders.remove(handshake);
            connection.add(proof(connection, "binder", received != null)
                    .put(Field.TRANSCRIPT_HASH, hash.clone())
                    .put(Field.BYTES, computed.clone())
                    .put(Field.RECEIVED, received));
        }
    }

    /** TransportContext.finishHandshake: from now on, exporter calls of its session belong to this connection. */
    void sessionBegins(Object context) {
        Object session = secrets ? JsseSecrets.session(context) : null;
        if (session != null) {
            sessions.put(session, connections.of(context));
        }
    }

    /** SSLSessionImpl.exportKeyingMaterial. */
    private void exported(Object session, String label, byte @Nullable [] given, int length, @Nullable Object made) {
        Connection connection = sessions.get(session);
        if (connection != null) {
            connection.add(SecretEvents.withBytes(
                    connection
                            .event(EventType.EXPORTER)
                            .put(Field.LABEL, label)
                            .put(Field.EXPORTER_CONTEXT, given == null ? null : given.clone())
                            .put(Field.LENGTH, length),
                    made));
        }
    }

    private static Event proof(Connection connection, String label, boolean checks) {
        return connection.event(EventType.PROOF).put(Field.LABEL, label).put(checks ? Direction.IN : Direction.OUT);
    }
}
