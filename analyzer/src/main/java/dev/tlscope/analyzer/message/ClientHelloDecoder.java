package dev.tlscope.analyzer.message;

import dev.tlscope.analyzer.registry.CipherSuites;
import dev.tlscope.analyzer.registry.HandshakeTypes;
import dev.tlscope.analyzer.registry.Iana;
import dev.tlscope.analyzer.registry.ProtocolVersions;
import dev.tlscope.analyzer.wire.MalformedException;
import dev.tlscope.tls.HandshakeType;

/** ClientHello (RFC 8446, 4.1.2; RFC 6347, 4.2.1), and the SSLv2 CLIENT-HELLO (RFC 5246, E.2). */
final class ClientHelloDecoder {
    private ClientHelloDecoder() {}

    static void read(FieldReader in) throws MalformedException {
        int version = in.number("legacy_version", 2, ProtocolVersions::nameOf);
        in.bytes("random", 32);
        in.opaque("legacy_session_id", 1);
        if (ProtocolVersions.isDtls(version)) {
            in.opaque("cookie", 1);
        }
        in.numbers("cipher_suites", 2, "cipher_suite", 2, CipherSuites::nameOf);
        in.numbers("legacy_compression_methods", 1, "compression_method", 1, Iana.COMPRESSION_METHOD::nameOf);
        if (in.hasMore()) {
            ExtensionDecoder.read(in, HandshakeType.CLIENT_HELLO);
        }
    }

    /** True when these bytes are a complete SSLv2 CLIENT-HELLO, with or without its record header of two bytes. */
    static boolean isSsl2(byte[] bytes) {
        return ssl2Length(bytes, 0) == bytes.length || hasSsl2Header(bytes);
    }

    static void readSsl2(FieldReader in) throws MalformedException {
        if (hasSsl2Header(in.source())) {
            in.number("msg_length", 2, length -> Integer.toString(length & 0x7fff));
        }
        in.number("msg_type", 1, HandshakeTypes::nameOf);
        in.number("version", 2, ProtocolVersions::nameOf);
        int suites = in.number("cipher_spec_length", 2);
        int sessionId = in.number("session_id_length", 2);
        int challenge = in.number("challenge_length", 2);
        in.group("cipher_suites", -1, 0, suites, list -> {
            while (list.hasMore()) {
                // A first byte of 0 marks a TLS cipher suite.
                list.number(
                        "cipher_suite",
                        3,
                        kind -> kind < 0x10000 ? CipherSuites.nameOf(kind) : String.format("SSLv2_0x%06x", kind));
            }
        });
        in.bytes("session_id", sessionId);
        in.bytes("random", challenge);
    }

    private static boolean hasSsl2Header(byte[] bytes) {
        return bytes.length > 2
                && (bytes[0] & 0x80) != 0
                && ((bytes[0] & 0x7f) << 8 | (bytes[1] & 0xff)) == bytes.length - 2
                && ssl2Length(bytes, 2) == bytes.length;
    }

    /** The offset where an SSLv2 CLIENT-HELLO that starts here ends; -1 when the bytes are not one. */
    private static int ssl2Length(byte[] bytes, int from) {
        if (bytes.length < from + 9 || bytes[from] != HandshakeType.CLIENT_HELLO.number() || bytes[from + 1] > 3) {
            return -1;
        }
        int end = from + 9;
        for (int at = from + 3; at < from + 9; at += 2) {
            end += (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
        }
        return end;
    }
}
