package dev.tlscope.agent.jsse;

import dev.tlscope.agent.record.Connection;
import dev.tlscope.agent.record.WeakIdentityMap;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Values by which a side proves that it has the keys and saw the same messages, and exporter calls. */
final class ProofTaps {
    private final ConnectionTaps connections;

    /** SSLSessionImpl, which knows no connection, to the one that last completed a handshake with it. */
    private final WeakIdentityMap<Connection> sessions = new WeakIdentityMap<>();

    /** HandshakeContext to the binder that PreSharedKeyExtension.checkBinder is about to check. */
    private final WeakIdentityMap<byte[]> binders = new WeakIdentityMap<>();

    ProofTaps(ConnectionTaps connections) {
        this.connections = connections;
    }

    /** Finished.FinishedMessage.&lt;init&gt;: verify_data computed, to be sent or to check the peer's. */
    void finished(Object message, Object handshake, boolean checks, byte[] computed) {
        Object context = Jsse.transportContext(handshake);
        if (context == null) {
            return;
        }
        boolean client = Jsse.isClient(context) != checks;
        Connection connection = connections.of(context);
        Event event = proof(connection, client ? "client_finished" : "server_finished", checks)
                .put(Field.TRANSCRIPT_HASH, JsseSecrets.transcriptHash(handshake))
                .put(Field.BYTES, computed.clone());
        byte[] received = checks ? JsseSecrets.verifyData(message) : null;
        connection.add(event.put(Field.RECEIVED, received == null ? null : received.clone()));
    }

    /** T13CertificateVerifyMessage.&lt;init&gt;: made from a possession, or read from a buffer. */
    void certificateVerify(Object handshake, @Nullable Object source, byte[] hash) {
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
    void binderReceived(Object handshake, byte[] binder) {
        binders.put(handshake, binder.clone());
    }

    /** PreSharedKeyExtension.computeBinder. */
    void binderComputed(Object handshake, byte[] hash, byte @Nullable [] computed) {
        Connection connection = connections.ofHandshake(handshake);
        if (connection != null && computed != null) {
            byte[] received = binders.remove(handshake);
            connection.add(proof(connection, "binder", received != null)
                    .put(Field.TRANSCRIPT_HASH, hash.clone())
                    .put(Field.BYTES, computed.clone())
                    .put(Field.RECEIVED, received));
        }
    }

    /** TransportContext.finishHandshake: exporter calls of its session are this connection's from now on. */
    void sessionBegins(Object context) {
        Object session = JsseSecrets.session(context);
        if (session != null) {
            sessions.put(session, connections.of(context));
        }
    }

    /** SSLSessionImpl.exportKeyingMaterial. */
    void exported(Object session, String label, byte @Nullable [] given, int length, @Nullable Object made) {
        Connection connection = sessions.get(session);
        if (connection != null) {
            connection.add(SecretLog.withBytes(
                    connection
                            .event(EventType.EXPORTER)
                            .put(Field.LABEL, label)
                            .put(Field.EXPORTER_CONTEXT, given == null ? null : given.clone())
                            .put(Field.LENGTH, length),
                    made));
        }
    }

    private static Event proof(Connection connection, String label, boolean checks) {
        return connection.event(EventType.PROOF).put(Field.LABEL, label).put(Field.DIRECTION, checks ? "in" : "out");
    }
}
