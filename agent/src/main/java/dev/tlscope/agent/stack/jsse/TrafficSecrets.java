package dev.tlscope.agent.stack.jsse;

import dev.tlscope.agent.record.Connection;
import dev.tlscope.agent.record.WeakIdentityMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds which traffic secret each of JSSE's key objects holds. JSSE's derivation of write keys, and of the secret after
 * a KeyUpdate, has neither connection nor direction, but uses the same key object. The keys are held weakly, and no
 * secret's bytes are stored.
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
        /** The number of a secret that is older than the attach. */
        static final int UNKNOWN = -1;
        /** The number of a secret from which no KeyUpdate continues. */
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

        /** The secret that follows it in a KeyUpdate (RFC 8446, 7.2). */
        TrafficSecret next() {
            int next = number < 0 ? UNKNOWN : number + 1;
            return new TrafficSecret(connection, client, label(client, next), next);
        }

        /** The secret that was in use at the attach, after any number of KeyUpdates. */
        static TrafficSecret joinedLate(Connection connection, boolean client) {
            return new TrafficSecret(connection, client, label(client, UNKNOWN), UNKNOWN);
        }

        private static String label(boolean client, int number) {
            return (client ? "client" : "server") + "_traffic_secret_" + (number < 0 ? "N" : String.valueOf(number));
        }
    }
}
