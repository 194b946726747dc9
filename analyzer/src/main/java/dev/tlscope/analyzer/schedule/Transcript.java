package dev.tlscope.analyzer.schedule;

import dev.tlscope.analyzer.crypto.Digests;
import dev.tlscope.analyzer.model.Hello;
import dev.tlscope.analyzer.model.Message;
import dev.tlscope.tls.HandshakeType;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;

/** The handshake messages of a negotiation, in the form that is hashed (RFC 8446, 4.4.1; RFC 5246, 7.4.9). */
final class Transcript {

    private final Negotiation negotiation;
    private final String hash;

    /**
     * The transcript of one negotiation.
     *
     * @param hash JCA name of the transcript hash
     */
    Transcript(Negotiation negotiation, String hash) {
        this.negotiation = negotiation;
        this.hash = hash;
    }

    /** The name of the hash: SHA-256, SHA-384, MD5+SHA1. */
    String algorithm() {
        return hash;
    }

    /** The hash of all messages before that one; empty when the beginning was not captured. */
    Optional<byte[]> hashBefore(Message end) {
        return before(end).map(bytes -> Digests.hash(hash, bytes));
    }

    /** The hash of all messages up to and including that one. */
    Optional<byte[]> hashThrough(Message end) {
        return through(end).map(bytes -> Digests.hash(hash, bytes));
    }

    /** The bytes of all messages before that one, which CertificateVerify signs in TLS 1.2. */
    Optional<byte[]> before(Message end) {
        return until(end, false);
    }

    Optional<byte[]> through(Message end) {
        return until(end, true);
    }

    private Optional<byte[]> until(Message end, boolean with) {
        List<Message> messages = negotiation.messages();
        if (messages.isEmpty() || !messages.get(0).is(HandshakeType.CLIENT_HELLO) || isSsl2(messages.get(0))) {
            return Optional.empty();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Message message : messages) {
            if (isSame(message, end) && !with) {
                return Optional.of(bytes.toByteArray());
            }
            if (message.is(HandshakeType.SERVER_HELLO)
                    && Hello.parse(message).map(Hello::isRetryRequest).orElse(false)) {
                // A hash replaces the first ClientHello (RFC 8446, 4.4.1).
                byte[] hashed = Digests.hash(hash, bytes.toByteArray());
                bytes.reset();
                bytes.writeBytes(new byte[] {(byte) HandshakeType.MESSAGE_HASH.number(), 0, 0, (byte) hashed.length});
                bytes.writeBytes(hashed);
            }
            bytes.writeBytes(message.bytes());
            if (isSame(message, end)) {
                return Optional.of(bytes.toByteArray());
            }
        }
        return Optional.empty();
    }

    private boolean isSsl2(Message clientHello) {
        return isSame(clientHello, negotiation.handshake().messages().get(0))
                && negotiation.handshake().beginsWithSsl2Hello();
    }

    /** Compares by identity, because a retransmitted message may have equal content. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(Message one, Message other) {
        return one == other;
    }
}
