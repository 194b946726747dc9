package dev.tlscope.analyzer.message;

import dev.tlscope.analyzer.registry.CipherSuites;
import dev.tlscope.analyzer.registry.Iana;
import dev.tlscope.analyzer.registry.ProtocolVersions;
import dev.tlscope.analyzer.wire.MalformedException;
import dev.tlscope.tls.HandshakeType;
import dev.tlscope.tls.HelloRetryRequest;

/** ServerHello and HelloRetryRequest (RFC 8446, 4.1.3 and 4.1.4), which differ in the random. */
final class ServerHelloDecoder {
    private ServerHelloDecoder() {}

    static void read(FieldReader in) throws MalformedException {
        in.number("legacy_version", 2, ProtocolVersions::nameOf);
        boolean retry = HelloRetryRequest.isRandom(in.source(), in.position());
        in.bytes("random", 32);
        in.opaque("legacy_session_id_echo", 1);
        in.number("cipher_suite", 2, CipherSuites::nameOf);
        in.number("legacy_compression_method", 1, Iana.COMPRESSION_METHOD);
        if (in.hasMore()) {
            ExtensionDecoder.read(in, retry ? HandshakeType.HELLO_RETRY_REQUEST : HandshakeType.SERVER_HELLO);
        }
    }
}
