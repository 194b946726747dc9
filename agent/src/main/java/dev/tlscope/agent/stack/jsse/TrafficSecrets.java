package dev.tlscope.agent.stack.jsse;

import dev.tlscope.agent.record.Connection;
import dev.tlscope.agent.record.WeakIdentityMap;
import org.jspecify.annotations.Nullable;

/**
 * Which traffic secret a key object of JSSE is. JSSE's derivation of write keys and of the secret after a KeyUpdate knows
 * neither connection nor direction, but it is given the same key object. Holds those weakly, and no secret's bytes.
 */
final class TrafficSecrets {
    private final WeakIdentityMap<TrafficSecret> known = new WeakIdentityMap<>();

    void put(Object key, TrafficSecret secret) {
        known.put(key, secret);
    }

    @Nullable
    TrafficSecret get(Object key) {
        return known.get(key);
    }

    /** One traffic secret of one connection. */
    static final class TrafficSecret {
        /** Number of one that was in use before the agent came. */
        static final int UNKNOWN = -1;
        /** Number of a secret that no KeyUpdate goes on from. */
        static final int HANDSHAKE = -2;

        final Connection connection;
        final boolean client;
        final String label;
        private final int number;

        TrafficSecret(Connection connection, boolean client, String label, int number) {
            this.connection = connection;
            this.client = client;
            this.label = label;
            this.number = number;
        }

        /** The one that follows after a KeyUpdate (RFC 8446, 7.2). */
        TrafficSecret next() {
            int next = number < 0 ? UNKNOWN : number + 1;
            return new TrafficSecret(connection, client, label(client, next), next);
        }

        /** The one in use when the agent came, however many KeyUpdates that was after. */
        static TrafficSecret joinedLate(Connection connection, boolean client) {
            return new TrafficSecret(connection, client, label(client, UNKNOWN), UNKNOWN);
        }

        private static String label(boolean client, int number) {
            return (client ? "client" : "server") + "_traffic_secret_" + (number < 0 ? "N" : String.valueOf(number));
        }
    }
}
