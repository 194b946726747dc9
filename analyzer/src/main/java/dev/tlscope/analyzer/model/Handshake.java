package dev.tlscope.analyzer.model;

import dev.tlscope.analyzer.message.DecodedMessage;
import dev.tlscope.analyzer.message.MessageDecoder;
import dev.tlscope.analyzer.registry.CipherSuites;
import dev.tlscope.analyzer.registry.ProtocolVersions;
import dev.tlscope.capture.ConnectionEnding;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import dev.tlscope.capture.TransportFailure;
import dev.tlscope.tls.AlertDescription;
import dev.tlscope.tls.HandshakeType;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What was captured of one connection's handshake.
 *
 * @param timeNanos time of the first event, nanoseconds since 1970-01-01T00:00:00Z
 * @param role client or server: the role of this JVM
 * @param transport socket or engine
 * @param serverName the name in the ClientHello, or else peerHost
 * @param peerHost host that the application named
 * @param keyPairs KEY_PAIR events of this connection
 * @param premaster PREMASTER event
 * @param failure FAILURE event; if present, the outcome is failed
 * @param ending how a completed connection ended; null for close_notify, and when not known
 * @param firstReceived start of the first received record, at most 64 bytes
 * @param lastReceived start of the last received record before the failure
 * @param events all events of the connection in the file's order, up to a memory limit: see {@link HandshakeBuilder}
 * @param eventsLeftOut number of events beyond that limit, which are in the file but not here
 * @param configuration the connection's configuration
 * @param session the session that the client offered to resume or the server accepted
 * @param derived cache of values that others computed from it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Handshake(
        Path file,
        long connection,
        long timeNanos,
        String role,
        @Nullable String transport,
        @Nullable String local,
        @Nullable String peer,
        @Nullable String serverName,
        @Nullable String peerHost,
        @Nullable String protocol,
        @Nullable String cipherSuite,
        boolean completed,
        boolean joinedLate,
        List<Message> messages,
        List<Event> keyPairs,
        @Nullable Event premaster,
        @Nullable Event failure,
        @Nullable ConnectionEnding ending,
        byte @Nullable [] firstReceived,
        byte @Nullable [] lastReceived,
        List<Event> events,
        long eventsLeftOut,
        @Nullable Configuration configuration,
        @Nullable ResumedSession session,
        Memo derived) {

    public boolean isClient() {
        return role.equals("client");
    }

    /** True when the application uses an SSLEngine, and does the network I/O itself. */
    public boolean isEngine() {
        return "engine".equals(transport);
    }

    /** The other side's role: client or server. */
    public String peerRole() {
        return isClient() ? "server" : "client";
    }

    public boolean failed() {
        return failure != null;
    }

    /** failed, completed or unfinished. */
    public String outcome() {
        return failed() ? "failed" : completed ? "completed" : "unfinished";
    }

    public boolean isTls13() {
        return "TLSv1.3".equals(protocol);
    }

    /** True when an alert of the peer ended it. */
    public boolean alertReceived() {
        return failure != null && failure.isReceived();
    }

    /** True when this JVM ended it with one of these alerts, or with any alert if none is given. */
    public boolean raised(AlertDescription... alerts) {
        return failure != null && !alertReceived() && isOneOf(alerts);
    }

    /** True when the peer ended it with one of these alerts. */
    public boolean received(AlertDescription... alerts) {
        return alertReceived() && isOneOf(alerts);
    }

    /** True when one of these alerts ended it, whichever side raised it. */
    public boolean endedBy(AlertDescription... alerts) {
        return failure != null && isOneOf(alerts);
    }

    /** True when this JVM ended it with an alert about a certificate (RFC 8446, 6.2). */
    public boolean raisedAboutCertificate() {
        return failure != null && !alertReceived() && isAboutCertificate();
    }

    /** True when the peer ended it with an alert about a certificate. */
    public boolean receivedAboutCertificate() {
        return alertReceived() && isAboutCertificate();
    }

    private boolean isAboutCertificate() {
        AlertDescription description = alertDescription();
        return description != null && description.isAboutCertificate();
    }

    private boolean isOneOf(AlertDescription... alerts) {
        AlertDescription description = alertDescription();
        return alerts.length == 0 || (description != null && List.of(alerts).contains(description));
    }

    /** True when the exception chain contains that class. */
    public boolean threw(String className) {
        if (failure != null) {
            for (String link : failure.texts(Field.EXCEPTION)) {
                if (TransportFailure.isOf(link, className)) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * True when the exception chain of the connection itself contains that class; exceptions of a connection that a
     * trust manager opened to check revocation do not count.
     */
    public boolean transportThrew(String className) {
        return failure != null && TransportFailure.threw(failure, className);
    }

    /**
     * True when the peer's stream ended while a record was read. A truncated certificate or name causes the same
     * exception, which does not concern the connection.
     */
    public boolean streamEnded() {
        return failure != null && TransportFailure.streamEnded(failure);
    }

    /** True when the peer's stream ended while JSSE was in a handshake, the first or a later one: SSLSocketImpl.handleEOF. */
    public boolean streamEndedInHandshake() {
        return cameThrough("SSLSocketImpl.handleEOF(")
                && failure != null
                && failure.texts(Field.EXCEPTION).stream()
                        .anyMatch(link -> link.endsWith("Remote host terminated the handshake"));
    }

    /**
     * True when the connection broke on this side, in JSSE's own I/O or in that of the application above an SSLEngine.
     */
    public boolean broke() {
        return transportThrew("java.net.SocketException") || engineEnding() == EngineEnding.BROKE;
    }

    /** How a handshake over an SSLEngine ended; null when JSSE itself ended it, or it is not known. */
    public @Nullable EngineEnding engineEnding() {
        return derived.get(EngineEnding.Found.class, () -> EngineEnding.find(this))
                .ending();
    }

    /** True when a stack frame of the failure is in a class whose name contains this. */
    public boolean cameThrough(String name) {
        for (String frame : frames()) {
            if (frame.contains(name)) {
                return true;
            }
        }
        return false;
    }

    /** The stack of the failure, innermost frame first; empty without a failure or a captured stack. */
    public List<String> frames() {
        return failure == null ? List.of() : failure.texts(Field.FRAME);
    }

    /** Values of a field in the configuration at the time of the failure; empty without a failure. */
    public List<String> setUp(Field field) {
        if (failure == null) {
            return List.of();
        }
        return configuration == null || failure.has(field) ? failure.texts(field) : configuration.texts(field);
    }

    /** Number of this side's trust anchors at the time of the failure; empty when not known. */
    public OptionalLong anchorCount() {
        if (failure != null && failure.has(Field.ANCHOR_COUNT)) {
            return OptionalLong.of(failure.number(Field.ANCHOR_COUNT, 0));
        }
        return failure == null || configuration == null ? OptionalLong.empty() : configuration.anchorCount();
    }

    /** The value of a security property at the time of the failure. */
    public Optional<String> policy(String property) {
        return failure == null || configuration == null ? Optional.empty() : configuration.property(property);
    }

    /** The value of a system property that concerns TLS, at the time of the failure. */
    public Optional<String> systemProperty(String property) {
        return policy("-D" + property);
    }

    /** A decoder for its messages from the first on, with the negotiated parameters if the ServerHello is missing. */
    public MessageDecoder decoder() {
        return new MessageDecoder(
                protocol == null ? 0 : ProtocolVersions.ofName(protocol),
                cipherSuite == null ? -1 : CipherSuites.ofName(cipherSuite));
    }

    /**
     * True when the records show that the client began with an SSLv2 CLIENT-HELLO (RFC 5246, E.2). Its MESSAGE then has
     * TLS form, which differs from what is hashed.
     */
    public boolean beginsWithSsl2Hello() {
        return events.stream()
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
        if (failure != null) {
            return OptionalLong.of(failure.timeNanos() - timeNanos);
        }
        for (Event event : events) {
            if (event.type() == EventType.HANDSHAKE) {
                return OptionalLong.of(event.timeNanos() - timeNanos);
            }
        }
        return OptionalLong.empty();
    }

    /** Time of the failure, nanoseconds since 1970-01-01T00:00:00Z; without a failure, time of the first event. */
    public long failureNanos() {
        return failure == null ? timeNanos : failure.timeNanos();
    }

    /** True when the failure came before that time. */
    public boolean hadFailed(long nanos) {
        return failure != null && failure.timeNanos() < nanos;
    }

    /** The failure's alert; null without a failure or alert, or when its number is not registered. */
    public @Nullable AlertDescription alertDescription() {
        return alert() < 0 ? null : AlertDescription.of(alert());
    }

    /** The number of the failure's alert; -1 without a failure or alert. */
    public int alert() {
        return failure == null ? -1 : (int) failure.number(Field.ALERT, -1);
    }

    /**
     * True for a TLS 1.3 client that failed after its handshake, before it received anything under the application
     * keys: the server, which checks the client's certificate and Finished later, may have rejected them (RFC 8446,
     * 4.4.2.4).
     */
    public boolean failedUnanswered() {
        return isClient()
                && isTls13()
                && failure != null
                && failure.flag(Field.NEGOTIATED)
                && failure.number(Field.READ_SEQUENCE, -1) == 0;
    }

    /** True for key exchange by RSA encryption of the pre-master (RFC 5246, 7.4.7.1). */
    public boolean hasRsaKeyExchange() {
        return cipherSuite != null && cipherSuite.startsWith("TLS_RSA_WITH_");
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
