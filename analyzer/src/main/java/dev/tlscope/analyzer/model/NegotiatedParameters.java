package dev.tlscope.analyzer.model;

import dev.tlscope.analyzer.wire.MalformedException;
import dev.tlscope.analyzer.wire.WireReader;
import dev.tlscope.tls.ExtensionType;
import dev.tlscope.tls.HandshakeType;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What the server selected besides version and cipher suite.
 *
 * @param namedGroup of the key exchange; empty without one, and for groups without a number, as in DHE up to TLS 1.2
 * @param signatureScheme of the server's signature; empty up to TLS 1.1, which names none, and without a signature
 */
public record NegotiatedParameters(OptionalInt namedGroup, OptionalInt signatureScheme) {
    /** Takes them from the captured messages. */
    public static NegotiatedParameters of(Handshake handshake) {
        boolean byServer = !handshake.isClient();
        if (handshake.isTls13()) {
            OptionalInt group = handshake
                    .serverHello()
                    .map(hello -> number(hello.extension(ExtensionType.KEY_SHARE)))
                    .orElse(OptionalInt.empty());
            OptionalInt scheme = handshake
                    .message(HandshakeType.CERTIFICATE_VERIFY, byServer)
                    .map(NegotiatedParameters::firstNumber)
                    .orElse(OptionalInt.empty());
            return new NegotiatedParameters(group, scheme);
        }
        Optional<Message> exchange = handshake.message(HandshakeType.SERVER_KEY_EXCHANGE, byServer);
        String suite = handshake.cipherSuite();
        return exchange.isEmpty() || suite == null
                ? new NegotiatedParameters(OptionalInt.empty(), OptionalInt.empty())
                : ofServerKeyExchange(exchange.get(), suite, isTls12(handshake.protocol()));
    }

    private static NegotiatedParameters ofServerKeyExchange(Message exchange, String suite, boolean tls12) {
        OptionalInt group = ServerKeyExchange.namedGroup(exchange, suite);
        try {
            WireReader signature = ServerKeyExchange.behindParameters(exchange, suite);
            boolean named = tls12 && signature.hasMore();
            return new NegotiatedParameters(group, named ? OptionalInt.of(signature.number(2)) : OptionalInt.empty());
        } catch (MalformedException e) {
            return new NegotiatedParameters(group, OptionalInt.empty());
        }
    }

    private static boolean isTls12(@Nullable String protocol) {
        return "TLSv1.2".equals(protocol) || "DTLSv1.2".equals(protocol);
    }

    private static OptionalInt firstNumber(Message message) {
        try {
            return OptionalInt.of(WireReader.body(message.bytes()).number(2));
        } catch (MalformedException e) {
            return OptionalInt.empty();
        }
    }

    private static OptionalInt number(byte @Nullable [] bytes) {
        return bytes == null || bytes.length < 2
                ? OptionalInt.empty()
                : OptionalInt.of((bytes[0] & 0xff) << 8 | (bytes[1] & 0xff));
    }
}
