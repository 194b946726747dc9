package dev.tlscope.analyzer.model;

import dev.tlscope.analyzer.message.DecodedMessage;
import dev.tlscope.analyzer.message.MessageDecoder;
import dev.tlscope.analyzer.registry.CipherSuites;
import dev.tlscope.analyzer.registry.ProtocolVersions;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.AlertDescription;
import dev.tlscope.tls.HandshakeType;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What was captured of one connection's handshake. The values that causes use most have accessors here too.
 *
 * @param messages handshake messages and alerts of both directions, in their order
 * @param configuration the connection's configuration
 * @param derived cache of values that others computed from it
 */
public record Handshake(
        CapturedConnection captured,
        Endpoints endpoints,
        SecurityParameters parameters,
        HandshakeResult result,
        List<Message> messages,
        ConnectionEvents capturedEvents,
        ReceivedRecords receivedRecords,
        @Nullable Configuration configuration,
        Memo derived) {

    public Path file() {
        return captured.file();
    }

    public long connection() {
        return captured.number();
    }

    public long timeNanos() {
        return captured.timeNanos();
    }

    public boolean joinedLate() {
        return captured.joinedLate();
    }

    public String role() {
        return endpoints.role();
    }

    public @Nullable String transport() {
        return endpoints.transport();
    }

    public @Nullable String local() {
        return endpoints.local();
    }

    public @Nullable String peer() {
        return endpoints.peer();
    }

    public @Nullable String peerHost() {
        return endpoints.peerHost();
    }

    public @Nullable String serverName() {
        return endpoints.serverName();
    }

    public @Nullable String protocol() {
        return parameters.protocol();
    }

    public @Nullable String cipherSuite() {
        return parameters.cipherSuite();
    }

    public @Nullable ResumedSession session() {
        return parameters.session();
    }

    public boolean completed() {
        return result.completed();
    }

    public @Nullable Event failure() {
        return result.failure();
    }

    public List<Event> events() {
        return capturedEvents.all();
    }

    public List<Event> keyPairs() {
        return capturedEvents.keyPairs();
    }

    public byte @Nullable [] firstReceived() {
        return receivedRecords.first();
    }

    public byte @Nullable [] lastReceived() {
        return receivedRecords.last();
    }

    public boolean failed() {
        return result.failed();
    }

    public String outcome() {
        return result.outcome();
    }

    public int alert() {
        return result.alert();
    }

    public boolean alertReceived() {
        return result.alertReceived();
    }

    public boolean raised(AlertDescription... alerts) {
        return result.raised(alerts);
    }

    public boolean received(AlertDescription... alerts) {
        return result.received(alerts);
    }

    public boolean raisedAboutCertificate() {
        return result.raisedAboutCertificate();
    }

    public boolean threw(String className) {
        return result.threw(className);
    }

    public boolean streamEnded() {
        return result.streamEnded();
    }

    public boolean cameThrough(String name) {
        return result.cameThrough(name);
    }

    public List<String> frames() {
        return result.frames();
    }

    public boolean isClient() {
        return role().equals("client");
    }

    /** True when the application uses an SSLEngine, and does the network I/O itself. */
    public boolean isEngine() {
        return "engine".equals(transport());
    }

    /** The other side's role: client or server. */
    public String peerRole() {
        return isClient() ? "server" : "client";
    }

    public boolean isTls13() {
        return "TLSv1.3".equals(protocol());
    }

    /**
     * True when the connection broke on this side, in JSSE's own I/O or in that of the application above an SSLEngine.
     */
    public boolean broke() {
        return result.transportThrew("java.net.SocketException") || engineEnding() == EngineEnding.BROKE;
    }

    /** How a handshake over an SSLEngine ended; null when JSSE itself ended it, or it is not known. */
    public @Nullable EngineEnding engineEnding() {
        return derived.get(EngineEnding.Found.class, () -> EngineEnding.find(this))
                .ending();
    }

    /** Values of a field in the configuration at the time of the failure; empty without a failure. */
    public List<String> setUp(Field field) {
        Event failure = failure();
        if (failure == null) {
            return List.of();
        }
        return configuration == null || failure.has(field) ? failure.texts(field) : configuration.texts(field);
    }

    /** Number of this side's trust anchors at the time of the failure; empty when not known. */
    public OptionalLong anchorCount() {
        Event failure = failure();
        if (failure != null && failure.has(Field.ANCHOR_COUNT)) {
            return OptionalLong.of(failure.number(Field.ANCHOR_COUNT, 0));
        }
        return failure == null || configuration == null ? OptionalLong.empty() : configuration.anchorCount();
    }

    /** The value of a security property at the time of the failure. */
    public Optional<String> policy(String property) {
        return !failed() || configuration == null ? Optional.empty() : configuration.property(property);
    }

    /** The value of a system property that concerns TLS, at the time of the failure. */
    public Optional<String> systemProperty(String property) {
        return policy("-D" + property);
    }

    /** A decoder for its messages from the first on, with the negotiated parameters if the ServerHello is missing. */
    public MessageDecoder decoder() {
        String protocol = protocol();
        String suite = cipherSuite();
        return new MessageDecoder(
                protocol == null ? 0 : ProtocolVersions.ofName(protocol),
                suite == null ? -1 : CipherSuites.ofName(suite));
    }

    /**
     * True when the records show that the client began with an SSLv2 CLIENT-HELLO (RFC 5246, E.2). Its MESSAGE then has
     * TLS form, which differs from what is hashed.
     */
    public boolean beginsWithSsl2Hello() {
        return events().stream()
                .filter(event -> event.type() == EventType.RECORD && (isClient() ? event.isSent() : event.isReceived()))
                .findFirst()
                .map(event -> event.bytes(Field.BYTES))
                .filter(record ->
                        record.length > 2 && record[0] < 0 && record[2] == HandshakeType.CLIENT_HELLO.number())
                .isPresent();
    }

    /** All messages decoded, in the order of {@link #messages}. */
    public List<DecodedMessage> decodedMessages() {
        return derived.get(DecodedMessages.class, () -> DecodedMessages.of(this))
                .messages();
    }

    /** The first ClientHello. */
    public Optional<Hello> clientHello() {
        return hellos().client();
    }

    /** The last ServerHello, because an earlier one is a HelloRetryRequest or belongs to an earlier handshake. */
    public Optional<Hello> serverHello() {
        return hellos().server();
    }

    /** The first Certificate message of a direction, decompressed if it was sent compressed. */
    public Optional<Message> certificateMessage(boolean sent) {
        return message(HandshakeType.CERTIFICATE, sent)
                .or(() -> message(HandshakeType.COMPRESSED_CERTIFICATE, sent).flatMap(CompressedCertificate::unpack));
    }

    /**
     * The certificates that a side sent, leaf first; empty when its Certificate message is missing, empty or malformed.
     */
    public List<X509Certificate> certificates(boolean sent) {
        return certificateMessage(sent)
                .map(message -> Certificates.chain(message, isTls13()))
                .orElseGet(() -> sent ? List.of() : givenToTrustManager());
    }

    /** True when it is not JSSE's, and only what passes through the public API of its SSLEngine or SSLSocket was captured. */
    public boolean isOfOtherProvider() {
        return events().stream()
                .filter(event -> event.type() == EventType.CONNECTION)
                .anyMatch(event -> "provider".equals(event.text(Field.STACK)));
    }

    /** The peer's chain as a trust manager was given it, where its Certificate message was not captured. */
    private List<X509Certificate> givenToTrustManager() {
        return events().stream()
                .filter(event -> event.type() == EventType.PEER_CERTIFICATES)
                .findFirst()
                .map(event -> event.byteStrings(Field.CERTIFICATE).stream()
                        .flatMap(der -> Certificates.parse(der).stream())
                        .toList())
                .orElse(List.of());
    }

    /** True when a side sent a Certificate message with an empty list (RFC 8446, 4.4.2.4). */
    public boolean hasEmptyCertificate(boolean sent) {
        return certificateMessage(sent)
                .filter(message -> Certificates.hasNone(message, isTls13()))
                .isPresent();
    }

    /** The application protocol that the server selected (RFC 7301, 3.2); empty when it selected none. */
    public Optional<String> applicationProtocol() {
        List<String> chosen = isTls13()
                ? message(HandshakeType.ENCRYPTED_EXTENSIONS, !isClient())
                        .map(Hello::encryptedProtocols)
                        .orElse(List.of())
                : serverHello().map(Hello::applicationProtocols).orElse(List.of());
        return chosen.stream().findFirst();
    }

    /** Nanoseconds from the first event to completion or failure; empty when there was neither. */
    public OptionalLong durationNanos() {
        Event failure = failure();
        if (failure != null) {
            return OptionalLong.of(failure.timeNanos() - timeNanos());
        }
        for (Event event : events()) {
            if (event.type() == EventType.HANDSHAKE) {
                return OptionalLong.of(event.timeNanos() - timeNanos());
            }
        }
        return OptionalLong.empty();
    }

    /** Time of the failure, nanoseconds since 1970-01-01T00:00:00Z; without a failure, time of the first event. */
    public long failureNanos() {
        Event failure = failure();
        return failure == null ? timeNanos() : failure.timeNanos();
    }

    /**
     * True for a TLS 1.3 client that failed after its handshake, before it received anything under the application
     * keys: the server, which checks the client's certificate and Finished later, may have rejected them (RFC 8446,
     * 4.4.2.4).
     */
    public boolean failedUnanswered() {
        Event failure = failure();
        return isClient()
                && isTls13()
                && failure != null
                && failure.flag(Field.NEGOTIATED)
                && failure.number(Field.READ_SEQUENCE, -1) == 0;
    }

    /** True for key exchange by RSA encryption of the pre-master (RFC 5246, 7.4.7.1). */
    public boolean hasRsaKeyExchange() {
        String suite = cipherSuite();
        return suite != null && suite.startsWith("TLS_RSA_WITH_");
    }

    /** The first handshake message of that type in a direction. */
    public Optional<Message> message(HandshakeType type, boolean sent) {
        for (Message message : messages) {
            if (message.sent() == sent && message.is(type)) {
                return Optional.of(message);
            }
        }
        return Optional.empty();
    }

    /** Name of the last message in a direction before the alert. */
    public String last(boolean sent) {
        String last = "nothing";
        for (Message message : messages) {
            if (message.sent() == sent && message.contentType() != dev.tlscope.tls.ContentType.ALERT) {
                last = message.name();
            }
        }
        return last;
    }

    private Hellos hellos() {
        return derived.get(Hellos.class, () -> Hellos.of(messages, isClient()));
    }

    private record DecodedMessages(List<DecodedMessage> messages) {
        static DecodedMessages of(Handshake handshake) {
            MessageDecoder decoder = handshake.decoder();
            return new DecodedMessages(handshake.messages.stream()
                    .map(message -> decoder.decode(message.contentType(), message.bytes()))
                    .toList());
        }
    }
}
