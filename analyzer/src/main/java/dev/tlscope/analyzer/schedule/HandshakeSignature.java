package dev.tlscope.analyzer.schedule;

import dev.tlscope.analyzer.crypto.Digests;
import dev.tlscope.analyzer.crypto.SignatureScheme;
import dev.tlscope.analyzer.model.Certificates;
import dev.tlscope.analyzer.model.CompressedCertificate;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Hello;
import dev.tlscope.analyzer.model.Message;
import dev.tlscope.analyzer.model.ServerKeyExchange;
import dev.tlscope.analyzer.wire.MalformedException;
import dev.tlscope.analyzer.wire.WireReader;
import dev.tlscope.tls.HandshakeType;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The signature that proves a side's private key, and the content that it must cover, reassembled from the captured
 * messages.
 *
 * @param message the message that contains it
 * @param scheme SignatureScheme (RFC 8446, 4.2.3)
 * @param signed the bytes that must be signed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record HandshakeSignature(
        String message, X509Certificate certificate, int scheme, byte[] signature, byte[] signed) {
    /** Before TLS 1.2 the key determines the scheme, and that version has none for this key. */
    private static final int NONE = -2;

    /**
     * That side's signature; empty when it or something that it covers was not captured, and when the suite has none.
     */
    public static Optional<HandshakeSignature> of(Negotiation negotiation, boolean byClient) {
        Optional<X509Certificate> certificate = certificateMessage(negotiation, byClient)
                .flatMap(message -> Certificates.leaf(message, negotiation.isTls13()));
        if (certificate.isEmpty()) {
            return Optional.empty();
        }
        try {
            Optional<Message> verify = negotiation.message(HandshakeType.CERTIFICATE_VERIFY, byClient);
            if (verify.isPresent()) {
                return Optional.ofNullable(ofCertificateVerify(negotiation, byClient, verify.get(), certificate.get()));
            }
            Optional<Message> exchange = negotiation.message(HandshakeType.SERVER_KEY_EXCHANGE, byClient);
            return exchange.isPresent()
                    ? Optional.ofNullable(ofServerKeyExchange(negotiation, exchange.get(), certificate.get()))
                    : Optional.empty();
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    /** The peer's signatures, one for each handshake of the connection in which it is known. */
    public static Stream<HandshakeSignature> ofPeer(Handshake handshake) {
        return Negotiation.of(handshake).stream()
                .flatMap(negotiation -> of(negotiation, !handshake.isClient()).stream());
    }

    /** True when it verifies with the certificate's key. */
    public boolean verifies() {
        try {
            Optional<SignatureScheme> known = SignatureScheme.of(scheme);
            return known.isPresent() && known.get().verifies(certificate.getPublicKey(), signed, signature);
        } catch (GeneralSecurityException e) {
            return false; // this key's algorithm may be unable to parse another key's signature
        }
    }

    private static Optional<Message> certificateMessage(Negotiation negotiation, boolean byClient) {
        return negotiation
                .message(HandshakeType.CERTIFICATE, byClient)
                .or(() -> negotiation
                        .message(HandshakeType.COMPRESSED_CERTIFICATE, byClient)
                        .flatMap(CompressedCertificate::unpack));
    }

    /** client_random + server_random + params (RFC 5246, 7.4.3; RFC 8422, 5.4). */
    private static @Nullable HandshakeSignature ofServerKeyExchange(
            Negotiation negotiation, Message exchange, X509Certificate certificate) throws MalformedException {
        Optional<Hello> client = negotiation.clientHello();
        Optional<Hello> server = negotiation.serverHello();
        String suite = negotiation.cipherSuite();
        if (client.isEmpty() || server.isEmpty() || suite == null || suite.contains("_anon_")) {
            return null;
        }
        int start = WireReader.body(exchange.bytes()).position();
        WireReader body = ServerKeyExchange.behindParameters(exchange, suite);
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        signed.writeBytes(client.get().random());
        signed.writeBytes(server.get().random());
        signed.write(exchange.bytes(), start, body.position() - start);
        int scheme = scheme(negotiation, body, certificate);
        return new HandshakeSignature(
                "ServerKeyExchange", certificate, scheme, body.block(2).rest(), signed.toByteArray());
    }

    private static @Nullable HandshakeSignature ofCertificateVerify(
            Negotiation negotiation, boolean byClient, Message verify, X509Certificate certificate)
            throws MalformedException {
        byte[] signed = negotiation.isTls13()
                ? signed13(negotiation, byClient, verify)
                : new Transcript(negotiation, Digests.MD5_SHA1).before(verify).orElse(null);
        WireReader body = WireReader.body(verify.bytes());
        int scheme = scheme(negotiation, body, certificate);
        return signed == null
                ? null
                : new HandshakeSignature(
                        "CertificateVerify", certificate, scheme, body.block(2).rest(), signed);
    }

    private static int scheme(Negotiation negotiation, WireReader body, X509Certificate certificate)
            throws MalformedException {
        return negotiation.isTls13() || negotiation.isTls12()
                ? body.number(2)
                : SignatureScheme.legacy(certificate.getPublicKey())
                        .map(SignatureScheme::code)
                        .orElse(NONE);
    }

    /** 64 spaces, context string, 0, transcript hash (RFC 8446, 4.4.3). */
    private static byte @Nullable [] signed13(Negotiation negotiation, boolean byClient, Message verify) {
        String suite = negotiation.cipherSuite();
        String hash = suite != null && suite.endsWith("_SHA384") ? "SHA-384" : "SHA-256";
        byte[] transcript = new Transcript(negotiation, hash).hashBefore(verify).orElse(null);
        if (transcript == null) {
            return null;
        }
        byte[] spaces = new byte[64];
        Arrays.fill(spaces, (byte) ' ');
        String context = "TLS 1.3, " + (byClient ? "client" : "server") + " CertificateVerify\0";
        return Digests.concat(spaces, context.getBytes(StandardCharsets.US_ASCII), transcript);
    }
}
