package dev.tlscope.analyzer.message;

import dev.tlscope.analyzer.registry.CipherSuites;
import dev.tlscope.analyzer.registry.HandshakeTypes;
import dev.tlscope.analyzer.registry.Iana;
import dev.tlscope.analyzer.registry.ProtocolVersions;
import java.util.Arrays;
import java.util.HexFormat;

/** ServerHello and HelloRetryRequest (RFC 8446, 4.1.3 and 4.1.4), which differ by the random. */
final class ServerHelloDecoder {
    /** SHA-256 of "HelloRetryRequest". */
    private static final byte[] RETRY =
            HexFormat.of().parseHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");

    private ServerHelloDecoder() {}

    static void read(FieldReader in) throws Malformed {
        in.number("legacy_version", 2, ProtocolVersions::nameOf);
        boolean retry = isRetry(in.source(), in.position());
        in.bytes("random", 32);
        in.opaque("legacy_session_id_echo", 1);
        in.number("cipher_suite", 2, CipherSuites::nameOf);
        in.number("legacy_compression_method", 1, Iana.COMPRESSION_METHOD);
        if (in.hasMore()) {
            ExtensionDecoder.read(in, retry ? HandshakeTypes.HELLO_RETRY_REQUEST : HandshakeTypes.SERVER_HELLO);
        }
    }

    static boolean isRetry(byte[] bytes, int offsetOfRandom) {
        int end = offsetOfRandom + RETRY.length;
        return bytes.length >= end && Arrays.equals(bytes, offsetOfRandom, end, RETRY, 0, RETRY.length);
    }
}
