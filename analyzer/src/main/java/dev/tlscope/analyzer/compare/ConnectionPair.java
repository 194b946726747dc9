package dev.tlscope.analyzer.compare;

import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.tls.HandshakeType;
import java.util.HexFormat;
import java.util.Optional;

/** One connection, as its client and as its server captured it. */
public record ConnectionPair(Handshake client, Handshake server) {
    /** Behind handshake header and legacy_version (RFC 8446, 4.1.2; RFC 6347, 4.2.1). */
    private static final int RANDOM = 4 + 2;

    private static final int RANDOM_LENGTH = 32;

    /** These two, when they are the two ends of one connection: the same ClientHello random, and the other role. */
    public static Optional<ConnectionPair> of(Handshake one, Handshake other) {
        Optional<String> random = random(one);
        if (one.isClient() == other.isClient() || random.isEmpty() || !random.equals(random(other))) {
            return Optional.empty();
        }
        return Optional.of(one.isClient() ? new ConnectionPair(one, other) : new ConnectionPair(other, one));
    }

    /** What both ends of a connection have in common and no other connection has, in hex: the ClientHello's random. */
    public static Optional<String> random(Handshake handshake) {
        return handshake.messages().stream()
                .filter(message -> message.sent() == handshake.isClient() && message.is(HandshakeType.CLIENT_HELLO))
                .filter(message -> message.bytes().length >= RANDOM + RANDOM_LENGTH)
                .findFirst()
                .map(hello -> HexFormat.of().formatHex(hello.bytes(), RANDOM, RANDOM + RANDOM_LENGTH));
    }

    /** As far as the addresses tell, nothing between them takes TCP apart: each has for its peer's what is the peer's own. */
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
