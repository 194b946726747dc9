package dev.tlscope.analyzer.scan;

import dev.tlscope.analyzer.crypto.Digests;
import dev.tlscope.analyzer.evidence.PlainProtocol;
import dev.tlscope.analyzer.model.Certificates;
import dev.tlscope.analyzer.model.Hello;
import dev.tlscope.analyzer.model.Message;
import dev.tlscope.analyzer.model.ServerKeyExchange;
import dev.tlscope.analyzer.registry.CipherSuites;
import dev.tlscope.analyzer.registry.ProtocolVersions;
import dev.tlscope.analyzer.scan.HelloAnswer.Reaction;
import dev.tlscope.analyzer.wire.MalformedException;
import dev.tlscope.analyzer.wire.WireReader;
import dev.tlscope.tls.AlertDescription;
import dev.tlscope.tls.ContentType;
import dev.tlscope.tls.ExtensionType;
import dev.tlscope.tls.HandshakeType;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the records with which a server answers one ClientHello, until what it picked is known. */
final class ServerAnswer {
    private static final int HEADER = 4;
    private static final int FATAL = 2;

    private final ScanOffer offer;
    private final byte[] clientHello;
    private byte[] handshake = new byte[0];
    private List<X509Certificate> chain = List.of();
    private @Nullable Hello hello;
    private @Nullable HandshakeKeys keys;
    private int group = -1;
    private int scheme = -1;

    ServerAnswer(ScanOffer offer, byte[] clientHello) {
        this.offer = offer;
        this.clientHello = clientHello;
    }

    /** What answered is no TLS. */
    static HelloAnswer notTls(byte[] first) {
        String words = PlainProtocol.of(first).map(PlainProtocol::words).orElse("bytes that are no TLS");
        String line = new String(first, StandardCharsets.ISO_8859_1)
                .lines()
                .findFirst()
                .orElse("");
        return HelloAnswer.without(Reaction.NOT_TLS, words + ": " + line.replaceAll("[^ -~]", "?"));
    }

    /** Takes a record, header included; empty until the answer is known. */
    Optional<HelloAnswer> take(byte[] record) {
        int type = record[0] & 0xff;
        byte[] content = Arrays.copyOfRange(record, RecordStreamReader.HEADER, record.length);
        HandshakeKeys decrypting = keys;
        if (type == ContentType.APPLICATION_DATA && decrypting != null) {
            return decrypting.open(record).flatMap(inner -> take(inner.contentType(), inner.content()));
        }
        return take(type, content);
    }

    private Optional<HelloAnswer> take(int type, byte[] content) {
        if (type == ContentType.ALERT && content.length >= 2) {
            return content[0] == FATAL || offer.isTls13()
                    ? Optional.of(HelloAnswer.without(
                            Reaction.REFUSED, "alert " + AlertDescription.nameOf(content[1] & 0xff)))
                    : Optional.empty();
        }
        if (type == ContentType.HANDSHAKE) {
            handshake = Digests.concat(handshake, content);
            return messages();
        }
        return Optional.empty();
    }

    private Optional<HelloAnswer> messages() {
        while (handshake.length >= HEADER) {
            int length = HEADER + ((handshake[1] & 0xff) << 16 | (handshake[2] & 0xff) << 8 | (handshake[3] & 0xff));
            if (handshake.length < length) {
                break;
            }
            Message message = new Message(false, ContentType.HANDSHAKE, Arrays.copyOf(handshake, length), 0);
            handshake = Arrays.copyOfRange(handshake, length, handshake.length);
            Optional<HelloAnswer> known = message(message);
            if (known.isPresent()) {
                return known;
            }
        }
        return Optional.empty();
    }

    private Optional<HelloAnswer> message(Message message) {
        if (message.is(HandshakeType.SERVER_HELLO)) {
            return serverHello(message);
        }
        if (message.is(HandshakeType.CERTIFICATE)) {
            chain = Certificates.chain(message, offer.isTls13());
        } else if (message.is(HandshakeType.SERVER_KEY_EXCHANGE)) {
            keyExchange(message);
        } else if (message.is(HandshakeType.CERTIFICATE_VERIFY)) {
            scheme = number(message);
            return taken();
        } else if (message.is(HandshakeType.SERVER_HELLO_DONE)) {
            return taken();
        }
        return Optional.empty();
    }

    private Optional<HelloAnswer> serverHello(Message message) {
        Hello parsed = Hello.parse(message).orElse(null);
        if (parsed == null) {
            return Optional.of(HelloAnswer.without(Reaction.REFUSED, "a malformed ServerHello"));
        }
        if (parsed.version() != offer.version()) {
            return Optional.of(HelloAnswer.without(
                    Reaction.REFUSED, "picked " + ProtocolVersions.nameOf(parsed.version()) + " instead"));
        }
        hello = parsed;
        if (!offer.isTls13()) {
            return Optional.empty();
        }
        byte[] share = parsed.extension(ExtensionType.KEY_SHARE);
        group = share == null || share.length < 2 ? -1 : (share[0] & 0xff) << 8 | (share[1] & 0xff);
        KeyShare own = offer.share();
        if (parsed.isRetryRequest() || own == null || share == null || group != own.group()) {
            return taken();
        }
        try {
            keys = HandshakeKeys.of(
                    CipherSuites.nameOf(parsed.cipherSuite()),
                    own.agree(Arrays.copyOfRange(share, 4, share.length)),
                    clientHello,
                    message.bytes());
        } catch (GeneralSecurityException | RuntimeException e) {
            return taken(); // a share that is none; version, suite and group are known
        }
        return keys == null ? taken() : Optional.empty();
    }

    private void keyExchange(Message message) {
        Hello known = hello;
        String suite = known == null ? "" : CipherSuites.nameOf(known.cipherSuite());
        group = ServerKeyExchange.namedGroup(message, suite).orElse(-1);
        if (offer.version() == ProtocolVersions.TLS12) {
            try {
                WireReader signature = ServerKeyExchange.behindParameters(message, suite);
                scheme = signature.hasMore() ? signature.number(2) : -1;
            } catch (MalformedException e) {
                scheme = -1;
            }
        }
    }

    private static int number(Message message) {
        try {
            return WireReader.body(message.bytes()).number(2);
        } catch (MalformedException e) {
            return -1;
        }
    }

    private Optional<HelloAnswer> taken() {
        Hello known = hello;
        return known == null
                ? Optional.of(HelloAnswer.without(Reaction.REFUSED, "messages without a ServerHello"))
                : Optional.of(new HelloAnswer(Reaction.TAKEN, known.cipherSuite(), group, scheme, chain, ""));
    }
}
