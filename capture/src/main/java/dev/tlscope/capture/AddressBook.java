package dev.tlscope.capture;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Records which connection of this file uses which address pair. Wireshark would show two connections with one pair,
 * such as both ends of a loopback connection in one JVM, as one TCP stream full of retransmissions.
 */
final class AddressBook {
    /**
     * The most pairs that are remembered. When a forgotten pair is used again, its SYN makes it a new TCP stream to
     * Wireshark.
     */
    private static final int MAX = 1 << 16;

    private static final int HOSTS = 254;

    private final Map<String, Long> owners = new LinkedHashMap<String, Long>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MAX;
        }
    };
    private int made;

    /** False when another connection has, or had, this pair in either direction. */
    boolean claim(Endpoint one, Endpoint other, long connection) {
        Long owner = owners.putIfAbsent(key(one, other), connection);
        return owner == null || owner == connection;
    }

    /** Releases a pair that no packet carries yet. */
    void release(Endpoint one, Endpoint other, long connection) {
        owners.remove(key(one, other), connection);
    }

    /** Makes up a pair from the documentation networks (RFC 5737); ports are kept where known. */
    Endpoint[] synthesize(Endpoint client, Endpoint server, long connection) {
        for (int attempt = 0; ; attempt++) {
            int n = made++ & Integer.MAX_VALUE;
            byte[] clientAddress = {(byte) 192, 0, 2, (byte) (1 + n % HOSTS)};
            byte[] serverAddress = {(byte) 198, 51, 100, (byte) (1 + n / HOSTS % HOSTS)};
            Endpoint[] pair = {
                new Endpoint(clientAddress, client.port(49152 + n % 16384)),
                new Endpoint(serverAddress, server.port(443))
            };
            if (claim(pair[0], pair[1], connection) || attempt == MAX) {
                return pair;
            }
        }
    }

    private static String key(Endpoint one, Endpoint other) {
        String a = one.key();
        String b = other.key();
        return a.compareTo(b) < 0 ? a + b : b + a;
    }
}
