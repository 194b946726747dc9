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
 * @param timeNanos first event, nanoseconds since 1970-01-01T00:00:00Z
 * @param role client or server: which side this JVM was
 * @param transport socket or engine
 * @param serverName what the ClientHello asked for, else peerHost
 * @param peerHost host that the application named
 * @param keyPairs KEY_PAIR events of this connection
 * @param premaster PREMASTER event
 * @param failure FAILURE event; with it the outcome is failed
 * @param ending how a completed connection ended, where it was not by close_notify; null where it was, or is not known
 * @param firstReceived start of the first record received, at most 64 bytes
 * @param lastReceived start of the last one before the failure
 * @param events all events of the connection in the file's order, as far as memory is bounded: see {@link HandshakeBuilder}
 * @param eventsLeftOut how many came after that bound, and are in the file but not here
 * @param configuration what it was set up with
 * @param session the session that the client offered or the server accepted to resume
 * @param derived what others have worked out of it so far
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
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

    /** True where an application drives an SSLEngine, and is between it and the network. */
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

    /** True when the peer's alert ended it. */
    public boolean alertReceived() {
        return failure != null && failure.isReceived();
    }

    /** True when this JVM ended it, with one of these alerts; with any when none is named. */
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

    /** True when a class of that name is in the exception chain. */
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

    /** The same of the connection itself; not of another one, by which a trust manager asked for a revocation. */
    public boolean transportThrew(String className) {
        return failure != null && TransportFailure.threw(failure, className);
    }

    /**
     * True when the peer's stream ended as a record was read. A certificate or a name that is cut off has the same exception, which
     * then says nothing of the connection.
     */
    public boolean streamEnded() {
        return failure != null && TransportFailure.streamEnded(failure);
    }

    /** True when the connection broke under this side: in JSSE's hands, or in those of the application above an SSLEngine. */
    public boolean broke() {
        return transportThrew("java.net.SocketException") || engineEnding() == EngineEnding.BROKE;
    }

    /** How an SSLEngine's application and its peer parted; null where JSSE itself ended the handshake, or it is not known. */
    public @Nullable EngineEnding engineEnding() {
        return derived.get(EngineEnding.Found.class, () -> EngineEnding.find(this))
                .ending();
    }

    /** True when the failure came out of a method of a class whose name contains this. */
    public boolean cameThrough(String name) {
        for (String frame : frames()) {
            if (frame.contains(name)) {
                return true;
            }
        }
        return false;
    }

    /** The stack under which it failed, innermost first; empty when it did not, or nothing of it is known. */
    public List<String> frames() {
        return failure == null ? List.of() : failure.texts(Field.FRAME);
    }

    /** Values of a field in the set-up that was in force when it failed; none when it did not. */
    public List<String> setUp(Field field) {
        if (failure == null) {
            return List.of();
        }
        return configuration == null || failure.has(field) ? failure.texts(field) : configuration.texts(field);
    }

    /** How many anchors this side's trust manager had when it failed; empty when that is not known. */
    public OptionalLong anchorCount() {
        if (failure != null && failure.has(Field.ANCHOR_COUNT)) {
            return OptionalLong.of(failure.number(Field.ANCHOR_COUNT, 0));
        }
        return failure == null || configuration == null ? OptionalLong.empty() : configuration.anchorCount();
    }

    /** The value of a security property when it failed. */
    public Optional<String> policy(String property) {
        return failure == null || configuration == null ? Optional.empty() : configuration.property(property);
    }

    /** The value of a system property that concerns TLS, when it failed. */
    public Optional<String> systemProperty(String property) {
        return policy("-D" + property);
    }

    /** For its messages, from the first; knows what was agreed on where the ServerHello is missing. */
    public MessageDecoder decoder() {
        return new MessageDecoder(
                protocol == null ? 0 : ProtocolVersions.ofName(protocol),
                cipherSuite == null ? -1 : CipherSuites.ofName(cipherSuite));
    }

    /**
     * The client began with an SSLv2 CLIENT-HELLO (RFC 5246, E.2), as the records have it. Its MESSAGE is then the TLS form of the
     * same, and not what is hashed.
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

    /** All messages taken apart, one for one with {@link #messages}. */
    public List<DecodedMessage> decodedMessages() {
        return derived.get(DecodedMessages.class, () -> DecodedMessages.of(this))
                .messages();
    }

    /** The first ClientHello. */
    public Optional<Hello> clientHello() {
        return hellos().client();
    }

    /** The last ServerHello: one before it asked for another ClientHello. */
    public Optional<Hello> serverHello() {
        return hellos().server();
    }

    /** The first Certificate of a direction, unpacked where it was sent compressed. */
    public Optional<Message> certificateMessage(boolean sent) {
        return message(HandshakeType.CERTIFICATE, sent)
                .or(() -> message(HandshakeType.COMPRESSED_CERTIFICATE, sent).flatMap(CompressedCertificate::unpack));
    }

    /** The certificates that a side sent, leaf first; none when its Certificate is missing, empty or does not parse. */
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

    /** The application protocol that the server chose (RFC 7301, 3.2); empty when it chose none. */
    public Optional<String> applicationProtocol() {
        List<String> chosen = isTls13()
                ? message(HandshakeType.ENCRYPTED_EXTENSIONS, !isClient())
                        .map(Hello::encryptedProtocols)
                        .orElse(List.of())
                : serverHello().map(Hello::applicationProtocols).orElse(List.of());
        return chosen.stream().findFirst();
    }

    /** From the first event to the completion or the failure, in nanoseconds; empty when it did neither. */
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

    /** When it failed, nanoseconds since 1970-01-01T00:00:00Z; its begin when it did not. */
    public long failureNanos() {
        return failure == null ? timeNanos : failure.timeNanos();
    }

    /** Whether it had failed by then. */
    public boolean hadFailed(long nanos) {
        return failure != null && failure.timeNanos() < nanos;
    }

    /** The failure's alert; null when it did not fail, when there was no alert, or when its number is not registered. */
    public @Nullable AlertDescription alertDescription() {
        return alert() < 0 ? null : AlertDescription.of(alert());
    }

    /** The number of the failure's alert; -1 when it did not fail, or without an alert. */
    public int alert() {
        return failure == null ? -1 : (int) failure.number(Field.ALERT, -1);
    }

    /**
     * True for a client of TLS 1.3 that failed after its handshake, before anything came under the application keys: the server
     * may have refused its certificate or Finished, which it judges later (RFC 8446, 4.4.2.4).
     */
    public boolean failedUnanswered() {
        return isClient()
                && isTls13()
                && failure != null
                && failure.flag(Field.NEGOTIATED)
                && failure.number(Field.READ_SEQUENCE, -1) == 0;
    }

    /** Key exchange by RSA encryption of the pre-master (RFC 5246, 7.4.7.1). */
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

    /** The last message in a direction before the alert, by name. */
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
