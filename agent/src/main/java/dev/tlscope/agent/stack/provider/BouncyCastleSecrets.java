package dev.tlscope.agent.stack.provider;

import dev.tlscope.agent.record.Connection;
import dev.tlscope.agent.record.WeakIdentityMap;
import dev.tlscope.agent.reflect.ApplicationField;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.SecretLabel;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of a BouncyCastle connection, from its SecurityParameters: the master secret up to TLS 1.2, and the traffic and
 * exporter secrets of TLS 1.3. BouncyCastle's {@code extract()} would destroy them, so that their bytes are read and copied here,
 * into a SECRET event, which overwrites its copy when it is written or dropped. Called only with secrets=on, on the thread that
 * does the handshake.
 */
final class BouncyCastleSecrets {
    private static final String[] CONTEXTS = {"tlsClientContext", "tlsServerContext"};
    private static final String CLIENT = "trafficSecretClient";
    private static final String SERVER = "trafficSecretServer";

    /** By TlsSecret: each is recorded once. */
    private final WeakIdentityMap<SecretLabel> recorded = new WeakIdentityMap<>();

    /** Records what is known and was not recorded before, of the connection of a RecordStream. */
    void record(Connection connection, Object recordStream) {
        Object parameters = parameters(ApplicationField.read(recordStream, "handler"));
        if (parameters == null) {
            return;
        }
        Object client = ApplicationField.read(parameters, CLIENT);
        Object server = ApplicationField.read(parameters, SERVER);
        if (client == null && server == null) {
            add(connection, SecretLabel.CLIENT_RANDOM, ApplicationField.read(parameters, "masterSecret"));
            return;
        }
        // the secrets of the handshake are also the base keys of the two Finished (RFC 8446, 4.4)
        boolean handshake = client != null && client == ApplicationField.read(parameters, "baseKeyClient");
        if (handshake) {
            add(connection, SecretLabel.CLIENT_HANDSHAKE_TRAFFIC_SECRET, client);
            add(connection, SecretLabel.SERVER_HANDSHAKE_TRAFFIC_SECRET, server);
        } else if (recorded.get(parameters) == null) {
            // a KeyUpdate puts later ones into the same fields
            recorded.put(parameters, SecretLabel.CLIENT_TRAFFIC_SECRET_0);
            add(connection, SecretLabel.CLIENT_TRAFFIC_SECRET_0, client);
            add(connection, SecretLabel.SERVER_TRAFFIC_SECRET_0, server);
            add(connection, SecretLabel.EXPORTER_SECRET, ApplicationField.read(parameters, "exporterMasterSecret"));
        }
    }

    private static @Nullable Object parameters(@Nullable Object protocol) {
        for (String name : CONTEXTS) {
            Object context = ApplicationField.read(protocol, name);
            if (context != null) {
                return ApplicationField.read(context, "securityParametersHandshake");
            }
        }
        return null;
    }

    /** A secret that stays in a device, or was destroyed, has no bytes. */
    private void add(Connection connection, SecretLabel label, @Nullable Object secret) {
        Object bytes = ApplicationField.read(secret, "data");
        if (secret != null && bytes instanceof byte[] && recorded.putIfAbsent(secret, label) == null) {
            connection.add(connection
                    .event(EventType.SECRET)
                    .put(Field.LABEL, label.name())
                    .put(Field.CLIENT_RANDOM, connection.clientRandom())
                    .put(Field.BYTES, ((byte[]) bytes).clone()));
        }
    }
}
