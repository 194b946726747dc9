package dev.tlscope.it.raw;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Consumer;

/** A ServerHello, or HelloRetryRequest, whose every field a case can change (RFC 8446, 4.1.3; RFC 5246, 7.4.1.3). */
final class ServerHelloDraft {
    /** SHA-256 of "HelloRetryRequest" (RFC 8446, 4.1.3). */
    private static final String RETRY = "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c";

    final HelloExtensions extensions = new HelloExtensions();
    int legacyVersion = 0x0303;
    byte[] random = new byte[32];
    byte[] session = new byte[0];
    int suite;
    int compression;
    private int missing;

    ServerHelloDraft() {
        new SecureRandom().nextBytes(random);
    }

    static ServerHelloDraft of(TlsVersion version, ClientOffer offer, EcShare share) {
        ServerHelloDraft hello = new ServerHelloDraft();
        if (version == TlsVersion.TLS13) {
            hello.suite = Suites.TLS_AES_128_GCM_SHA256;
            hello.session = offer.session();
            hello.put(
                    HelloExtensions.SUPPORTED_VERSIONS,
                    new OctetWriter().number(2, version.number()).bytes());
            hello.put(HelloExtensions.KEY_SHARE, share.entry());
            return hello;
        }
        hello.legacyVersion = version.number();
        hello.session = new byte[32];
        new SecureRandom().nextBytes(hello.session);
        hello.suite = version == TlsVersion.TLS12
                ? Suites.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
                : Suites.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA;
        if (offer.extensions().get(HelloExtensions.EXTENDED_MASTER_SECRET) != null) {
            hello.put(HelloExtensions.EXTENDED_MASTER_SECRET);
        }
        hello.put(HelloExtensions.RENEGOTIATION_INFO, (byte) 0);
        return hello;
    }

    ServerHelloDraft put(int extension, byte... body) {
        extensions.put(extension, body);
        return this;
    }

    ServerHelloDraft without(int extension) {
        extensions.without(extension);
        return this;
    }

    /** Turns it into a HelloRetryRequest that asks for a share of that group (RFC 8446, 4.1.4). */
    ServerHelloDraft retry(int group) {
        random = OctetWriter.hex(RETRY);
        return put(HelloExtensions.KEY_SHARE, new OctetWriter().number(2, group).bytes());
    }

    ServerHelloDraft cut(int bytes) {
        missing = bytes;
        return this;
    }

    ServerHelloDraft with(Consumer<ServerHelloDraft> change) {
        change.accept(this);
        return this;
    }

    /** The message with its handshake header. */
    byte[] message() {
        byte[] whole = new OctetWriter()
                .number(2, legacyVersion)
                .raw(random)
                .vector(1, session)
                .number(2, suite)
                .number(1, compression)
                .vector(2, extensions.bytes())
                .bytes();
        return HandshakeBytes.message(HandshakeBytes.SERVER_HELLO, Arrays.copyOf(whole, whole.length - missing));
    }
}
