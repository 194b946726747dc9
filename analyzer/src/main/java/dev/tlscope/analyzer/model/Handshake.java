package dev.tlscope.analyzer.model;

import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was captured of one connection's handshake.
 *
 * @param timeNanos first event, nanoseconds since 1970-01-01T00:00:00Z
 * @param role client or server: which side this JVM was
 * @param transport socket or engine
 * @param keyPairs KEY_PAIR events of this connection
 * @param premaster PREMASTER event
 * @param failure FAILURE event; with it the outcome is failed
 */
public record Handshake(
        Path file,
        long connection,
        long timeNanos,
        String role,
        @Nullable String transport,
        @Nullable String local,
        @Nullable String peer,
        @Nullable String serverName,
        @Nullable String protocol,
        @Nullable String cipherSuite,
        boolean completed,
        boolean joinedLate,
        List<Message> messages,
        List<Event> keyPairs,
        @Nullable Event premaster,
        @Nullable Event failure) {

    public boolean isClient() {
        return role.equals("client");
    }

    public boolean failed() {
        return failure != null;
    }

    public boolean isTls13() {
        return "TLSv1.3".equals(protocol);
    }

    /** True when the peer's alert ended it. */
    public boolean alertReceived() {
        return failure != null && "in".equals(failure.text(Field.DIRECTION));
    }

    /** The failure's AlertDescription; -1 when it did not fail. */
    public int alert() {
        return failure == null ? -1 : (int) failure.number(Field.ALERT, -1);
    }

    /** Key exchange by RSA encryption of the pre-master (RFC 5246, 7.4.7.1). */
    public boolean hasRsaKeyExchange() {
        return cipherSuite != null && cipherSuite.startsWith("TLS_RSA_WITH_");
    }

    /** The first handshake message of that type in a direction. */
    public Optional<Message> message(int type, boolean sent) {
        return messages.stream()
                .filter(message -> message.sent() == sent && message.is(type))
                .findFirst();
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
}
