package dev.tlscope.analyzer.model;

import dev.tlscope.analyzer.registry.HandshakeTypes;
import dev.tlscope.tls.ContentType;
import dev.tlscope.tls.HandshakeType;

/**
 * One plaintext message of a connection.
 *
 * @param sent true when this JVM sent it
 * @param contentType 20, 21 or 22 (RFC 8446, 5.1)
 * @param bytes as in the transcript, handshake header included; not to be changed
 * @param timeNanos nanoseconds since 1970-01-01T00:00:00Z
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Message(boolean sent, int contentType, byte[] bytes, long timeNanos) {
    /** True for a handshake message of that type. */
    public boolean is(HandshakeType type) {
        return contentType == ContentType.HANDSHAKE && bytes.length > 0 && (bytes[0] & 0xff) == type.number();
    }

    public boolean isHandshake() {
        return contentType == ContentType.HANDSHAKE && bytes.length > 0;
    }

    /** The name in RFC 8446 or RFC 5246. */
    public String name() {
        return switch (contentType) {
            case ContentType.CHANGE_CIPHER_SPEC -> "ChangeCipherSpec";
            case ContentType.ALERT -> "Alert";
            default -> handshakeName();
        };
    }

    private String handshakeName() {
        return bytes.length == 0 ? "handshake message" : HandshakeTypes.nameOf(bytes[0] & 0xff);
    }
}
