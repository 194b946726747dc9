package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.model.Certificates;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Hello;
import dev.tlscope.analyzer.model.MalformedException;
import dev.tlscope.analyzer.model.Message;
import dev.tlscope.analyzer.model.Wire;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The signature by which the peer proved its private key, with what it should cover, put together again from the captured
 * messages.
 *
 * @param message in which it came
 * @param scheme SignatureScheme (RFC 8446, 4.2.3)
 * @param signed the bytes that were to be signed
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record PeerSignature(String message, X509Certificate certificate, int scheme, byte[] signature, byte[] signed) {

    /** The peer's, when it was captured with everything that it covers. */
    static Optional<PeerSignature> of(Handshake handshake) {
        Optional<X509Certificate> certificate =
                handshake.certificateMessage(false).flatMap(message -> Certificates.leaf(message, handshake.isTls13()));
        if (certificate.isEmpty()) {
            return Optional.empty();
        }
        try {
            Optional<Message> verify = handshake.message(Message.CERTIFICATE_VERIFY, false);
            if (verify.isPresent()) {
                return Optional.ofNullable(ofCertificateVerify(handshake, verify.get(), certificate.get()));
            }
            Optional<Message> exchange = handshake.message(Message.SERVER_KEY_EXCHANGE, false);
            return exchange.isPresent() && "TLSv1.2".equals(handshake.protocol())
                    ? Optional.ofNullable(ofServerKeyExchange(handshake, exchange.get(), certificate.get()))
                    : Optional.empty();
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    /** client_random + server_random + params (RFC 5246, 7.4.3; RFC 8422, 5.4). */
    private static @Nullable PeerSignature ofServerKeyExchange(
            Handshake handshake, Message exchange, X509Certificate certificate) throws MalformedException {
        Optional<Hello> client = handshake.message(Message.CLIENT_HELLO, true).flatMap(Hello::parse);
        Optional<Hello> server = handshake.message(Message.SERVER_HELLO, false).flatMap(Hello::parse);
        String suite = handshake.cipherSuite();
        if (client.isEmpty() || server.isEmpty() || suite == null) {
            return null;
        }
        Wire body = Wire.body(exchange.bytes());
        int start = body.position();
        if (suite.startsWith("TLS_ECDHE_")) {
            body.skip(1 + 2); // named_curve, NamedCurve
            body.block(1);
        } else {
            body.block(2); // dh_p, dh_g, dh_Ys
            body.block(2);
            body.block(2);
        }
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        signed.writeBytes(client.get().random());
        signed.writeBytes(server.get().random());
        signed.write(exchange.bytes(), start, body.position() - start);
        return new PeerSignature(
                "ServerKeyExchange", certificate, body.number(2), body.block(2).rest(), signed.toByteArray());
    }

    private static @Nullable PeerSignature ofCertificateVerify(
            Handshake handshake, Message verify, X509Certificate certificate) throws MalformedException {
        byte[] signed = handshake.isTls13() ? signed13(handshake, verify) : transcript(handshake, verify, null);
        Wire body = Wire.body(verify.bytes());
        return signed == null
                ? null
                : new PeerSignature(
                        "CertificateVerify",
                        certificate,
                        body.number(2),
                        body.block(2).rest(),
                        signed);
    }

    /** 64 spaces, context string, 0, transcript hash (RFC 8446, 4.4.3). */
    private static byte @Nullable [] signed13(Handshake handshake, Message verify) {
        MessageDigest hash = hash(handshake);
        byte[] transcript = hash == null ? null : transcript(handshake, verify, hash);
        if (hash == null || transcript == null) {
            return null;
        }
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        byte[] spaces = new byte[64];
        Arrays.fill(spaces, (byte) ' ');
        signed.writeBytes(spaces);
        String signer = handshake.isClient() ? "server" : "client";
        signed.writeBytes(("TLS 1.3, " + signer + " CertificateVerify").getBytes(StandardCharsets.US_ASCII));
        signed.write(0);
        signed.writeBytes(hash.digest(transcript));
        return signed.toByteArray();
    }

    /**
     * All handshake messages before that one; null when the beginning was not captured. With a hash, the first ClientHello
     * before a HelloRetryRequest is replaced by its hash (RFC 8446, 4.4.1).
     */
    private static byte @Nullable [] transcript(Handshake handshake, Message until, @Nullable MessageDigest hash) {
        ByteArrayOutputStream transcript = new ByteArrayOutputStream();
        boolean first = true;
        for (Message message : handshake.messages()) {
            if (message.equals(until)) {
                return transcript.toByteArray();
            }
            if (!message.isHandshake() || message.bytes()[0] == 0) {
                continue; // HelloRequest is in no transcript (RFC 5246, 7.4.1.1)
            }
            if (first && !message.is(Message.CLIENT_HELLO)) {
                return null;
            }
            first = false;
            boolean retry = message.is(Message.SERVER_HELLO)
                    && Hello.parse(message).map(Hello::isRetryRequest).orElse(false);
            if (retry && hash != null) {
                byte[] hashed = hash.digest(transcript.toByteArray());
                transcript.reset();
                transcript.writeBytes(new byte[] {(byte) 254, 0, 0, (byte) hashed.length});
                transcript.writeBytes(hashed);
            }
            transcript.writeBytes(message.bytes());
        }
        return null;
    }

    private static @Nullable MessageDigest hash(Handshake handshake) {
        String suite = handshake.cipherSuite();
        if (suite == null) {
            return null;
        }
        try {
            return MessageDigest.getInstance(suite.endsWith("SHA384") ? "SHA-384" : "SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-2", e);
        }
    }
}
