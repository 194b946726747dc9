package dev.tlscope.analyzer.schedule;

import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Hello;
import dev.tlscope.analyzer.model.Message;
import dev.tlscope.analyzer.registry.CipherSuites;
import dev.tlscope.analyzer.registry.ProtocolVersions;
import dev.tlscope.tls.ExtensionType;
import dev.tlscope.tls.HandshakeType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One handshake of a connection: from a ClientHello (two with a HelloRetryRequest) up to the next one, which
 * renegotiates (RFC 5246, 7.4.1.2).
 */
public final class Negotiation {
    private final Handshake handshake;
    private final List<Message> messages;
    private final @Nullable Hello client;
    private final @Nullable Hello server;
    private final Secrets secrets;

    /** @param untilNanos when the next handshake begins whose client repeats this one's random */
    private Negotiation(Handshake handshake, List<Message> messages, long fromNanos, long untilNanos) {
        this.handshake = handshake;
        this.messages = List.copyOf(messages);
        this.client = last(messages, HandshakeType.CLIENT_HELLO);
        this.server = last(messages, HandshakeType.SERVER_HELLO);
        this.secrets = Secrets.of(handshake, client == null ? new byte[0] : client.random(), fromNanos, untilNanos);
    }

    /** The handshakes of a connection, in order; empty when no handshake message was captured. */
    public static List<Negotiation> of(Handshake handshake) {
        List<List<Message>> parts = parts(handshake);
        List<Negotiation> all = new ArrayList<>();
        for (int at = 0; at < parts.size(); at++) {
            List<Message> messages = parts.get(at);
            boolean repeats = at > 0 && haveOneRandom(parts.get(at - 1), messages);
            boolean repeated = at + 1 < parts.size() && haveOneRandom(messages, parts.get(at + 1));
            all.add(new Negotiation(
                    handshake,
                    messages,
                    repeats ? messages.get(0).timeNanos() : Long.MIN_VALUE,
                    repeated ? parts.get(at + 1).get(0).timeNanos() : Long.MAX_VALUE));
        }
        return List.copyOf(all);
    }

    /**
     * True when a client repeats its random in a renegotiation, which no working random generator does (RFC 5246,
     * 7.4.1.2).
     */
    public static boolean repeatsRandom(Handshake handshake) {
        List<List<Message>> parts = parts(handshake);
        for (int at = 1; at < parts.size(); at++) {
            if (haveOneRandom(parts.get(at - 1), parts.get(at))) {
                return true;
            }
        }
        return false;
    }

    private static boolean haveOneRandom(List<Message> one, List<Message> other) {
        Hello first = last(one, HandshakeType.CLIENT_HELLO);
        Hello second = last(other, HandshakeType.CLIENT_HELLO);
        return first != null && second != null && Arrays.equals(first.random(), second.random());
    }

    /** The messages of each handshake. */
    private static List<List<Message>> parts(Handshake handshake) {
        List<List<Message>> all = new ArrayList<>();
        List<Message> messages = new ArrayList<>();
        boolean retried = false;
        for (Message message : handshake.messages()) {
            if (!message.isHandshake() || message.is(HandshakeType.HELLO_REQUEST)) {
                continue; // a HelloRequest is not part of a transcript (RFC 5246, 7.4.1.1)
            }
            if (message.is(HandshakeType.HELLO_VERIFY_REQUEST)) {
                messages.clear(); // neither a HelloVerifyRequest nor the ClientHello before it is (RFC 6347, 4.2.6)
                continue;
            }
            if (message.is(HandshakeType.CLIENT_HELLO) && !retried && !messages.isEmpty()) {
                all.add(List.copyOf(messages));
                messages.clear();
            }
            retried = message.is(HandshakeType.SERVER_HELLO)
                    && Hello.parse(message).map(Hello::isRetryRequest).orElse(false);
            messages.add(message);
        }
        if (!messages.isEmpty()) {
            all.add(List.copyOf(messages));
        }
        return all;
    }

    public Handshake handshake() {
        return handshake;
    }

    /** Its handshake messages, in the order of the transcript. */
    public List<Message> messages() {
        return messages;
    }

    public Secrets secrets() {
        return secrets;
    }

    Optional<Hello> clientHello() {
        return Optional.ofNullable(client);
    }

    /** The ServerHello; a HelloRetryRequest when nothing followed it. */
    public Optional<Hello> serverHello() {
        return Optional.ofNullable(server);
    }

    /** The negotiated version, as JSSE names it. */
    @Nullable
    String protocol() {
        return server != null ? ProtocolVersions.nameOf(server.version()) : handshake.protocol();
    }

    @Nullable
    public String cipherSuite() {
        return server != null ? CipherSuites.nameOf(server.cipherSuite()) : handshake.cipherSuite();
    }

    public boolean isTls13() {
        return "TLSv1.3".equals(protocol());
    }

    /** True for TLS 1.2, in which the suite determines the hash, unlike 1.0 and 1.1. */
    boolean isTls12() {
        return "TLSv1.2".equals(protocol());
    }

    boolean isDatagram() {
        String protocol = handshake.protocol();
        return protocol != null && protocol.startsWith("DTLS");
    }

    boolean hasExtendedMasterSecret() {
        return both(ExtensionType.EXTENDED_MASTER_SECRET);
    }

    public boolean encryptsThenMacs() {
        return both(ExtensionType.ENCRYPT_THEN_MAC);
    }

    /** TLS 1.3: true when the server accepted a pre-shared key. */
    boolean hasPreSharedKey() {
        return server != null && server.has(ExtensionType.PRE_SHARED_KEY);
    }

    /** Up to TLS 1.2: true for an abbreviated handshake, which uses the session's master secret. */
    boolean isAbbreviated() {
        return server != null && messages.stream().noneMatch(message -> message.is(HandshakeType.SERVER_HELLO_DONE));
    }

    /** True when this JVM was that side. */
    boolean sent(boolean byClient) {
        return handshake.isClient() == byClient;
    }

    /** The first message of that type that a side sent. */
    Optional<Message> message(HandshakeType type, boolean byClient) {
        return messages.stream()
                .filter(message -> message.is(type) && message.sent() == sent(byClient))
                .findFirst();
    }

    private boolean both(ExtensionType extension) {
        return client != null && server != null && client.has(extension) && server.has(extension);
    }

    private static @Nullable Hello last(List<Message> messages, HandshakeType type) {
        return messages.stream()
                .filter(message -> message.is(type))
                .map(Hello::parse)
                .flatMap(Optional::stream)
                .reduce((first, second) -> second)
                .orElse(null);
    }
}
