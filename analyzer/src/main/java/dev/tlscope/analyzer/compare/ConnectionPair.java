package dev.tlscope.analyzer.compare;

import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.tls.HandshakeType;
import java.util.HexFormat;
import java.util.Optional;

/** One connection, as its client and its server captured it. */
public record ConnectionPair(Handshake client, Handshake server) {
    /** Offset of the random: after handshake header and legacy_version (RFC 8446, 4.1.2; RFC 6347, 4.2.1). */
    private static final int RANDOM = 4 + 2;

    private static final int RANDOM_LENGTH = 32;

    /** The pair, if these are the two ends of one connection: same ClientHello random, opposite roles. */
    public static Optional<ConnectionPair> of(Handshake one, Handshake other) {
        Optional<String> random = random(one);
        if (one.isClient() == other.isClient() || random.isEmpty() || !random.equals(random(other))) {
            return Optional.empty();
        }
        return Optional.of(one.isClient() ? new ConnectionPair(one, other) : new ConnectionPair(other, one));
    }

    /** The ClientHello's random in hex, which both ends of a connection share with no other connection. */
    public static Optional<String> random(Handshake handshake) {
        return handshake.messages().stream()
                .filter(message -> message.sent() == handshake.isClient() && message.is(HandshakeType.CLIENT_HELLO))
                .filter(message -> message.bytes().length >= RANDOM + RANDOM_LENGTH)
                .findFirst()
                .map(hello -> HexFormat.of().formatHex(hello.bytes(), RANDOM, RANDOM + RANDOM_LENGTH));
    }

    /**
     * True when the addresses show no proxy between the two ends: each end's peer address is the other end's local
     * address.
     */
    public boolean areDirect() {
        return client.local() != null
                && server.local() != null
                && client.local().equals(server.peer())
                && server.local().equals(client.peer());
    }

    /** The end that sends in that direction. */
    public Handshake sender(boolean byClient) {
        return byClient ? client : server;
    }

    public Handshake receiver(boolean byClient) {
        return byClient ? server : client;
    }
}
