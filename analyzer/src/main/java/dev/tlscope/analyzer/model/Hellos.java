package dev.tlscope.analyzer.model;

import dev.tlscope.tls.HandshakeType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All hellos of a handshake, in order, each empty if it is malformed. A HelloRetryRequest or a renegotiation adds more.
 */
record Hellos(List<Optional<Hello>> ofClient, List<Optional<Hello>> ofServer) {
    static Hellos of(List<Message> messages, boolean isClient) {
        List<Optional<Hello>> ofClient = new ArrayList<>(1);
        List<Optional<Hello>> ofServer = new ArrayList<>(1);
        for (Message message : messages) {
            if (message.sent() == isClient && message.is(HandshakeType.CLIENT_HELLO)) {
                ofClient.add(Hello.parse(message));
            } else if (message.sent() != isClient && message.is(HandshakeType.SERVER_HELLO)) {
                ofServer.add(Hello.parse(message));
            }
        }
        return new Hellos(ofClient, ofServer);
    }

    /** The first ClientHello. */
    Optional<Hello> client() {
        return ofClient.isEmpty() ? Optional.empty() : ofClient.get(0);
    }

    /** The last ServerHello. */
    Optional<Hello> server() {
        return ofServer.isEmpty() ? Optional.empty() : ofServer.get(ofServer.size() - 1);
    }

    /** The last one that parses. */
    static Optional<Hello> last(List<Optional<Hello>> hellos) {
        Optional<Hello> last = Optional.empty();
        for (Optional<Hello> hello : hellos) {
            last = hello.isPresent() ? hello : last;
        }
        return last;
    }
}
