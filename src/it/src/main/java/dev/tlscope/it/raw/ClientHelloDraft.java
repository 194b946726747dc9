package dev.tlscope.it.raw;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Consumer;

/** A ClientHello whose every field a case can change before it is sent (RFC 8446, 4.1.2; RFC 5246, 7.4.1.2). */
final class ClientHelloDraft {
    private static final int[] SCHEMES = {0x0403, 0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0503, 0x0201, 0x0203};

    final HelloExtensions extensions = new HelloExtensions();
    int legacyVersion = 0x0303;
    byte[] random = new byte[32];
    byte[] session = new byte[0];
    byte[] suites = new byte[0];
    byte[] compressions = {1, 0};
    private boolean noExtensions;
    private byte[] unfinished = new byte[0];
    private int missing;
    private int cutTo = Integer.MAX_VALUE;

    ClientHelloDraft() {
        new SecureRandom().nextBytes(random);
    }

    /** What a client of that version sends; in TLS 1.3 with a share of P-256. */
    static ClientHelloDraft of(TlsVersion version, String name, EcShare share) {
        ClientHelloDraft hello = new ClientHelloDraft();
        HelloExtensions extensions = hello.extensions;
        extensions.put(HelloExtensions.SERVER_NAME, HelloExtensions.serverName(name));
        extensions.put(HelloExtensions.SUPPORTED_GROUPS, HelloExtensions.list(2, EcShare.SECP256R1, EcShare.SECP384R1));
        if (version == TlsVersion.TLS13) {
            hello.session = new byte[32];
            new SecureRandom().nextBytes(hello.session);
            hello.suites(Suites.TLS_AES_128_GCM_SHA256);
            extensions.put(HelloExtensions.SIGNATURE_ALGORITHMS, HelloExtensions.list(2, SCHEMES));
            extensions.put(HelloExtensions.SUPPORTED_VERSIONS, HelloExtensions.list(1, version.number()));
            extensions.put(
                    HelloExtensions.KEY_SHARE,
                    new OctetWriter().vector(2, share.entry()).bytes());
            return hello;
        }
        hello.legacyVersion = version.number();
        if (version == TlsVersion.TLS12) {
            hello.suites(Suites.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, Suites.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256);
            extensions.put(HelloExtensions.SIGNATURE_ALGORITHMS, HelloExtensions.list(2, SCHEMES));
        } else {
            hello.suites(Suites.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA, Suites.TLS_RSA_WITH_AES_128_CBC_SHA);
        }
        extensions.put(HelloExtensions.EC_POINT_FORMATS, (byte) 1, (byte) 0);
        extensions.put(HelloExtensions.EXTENDED_MASTER_SECRET);
        extensions.put(HelloExtensions.RENEGOTIATION_INFO, (byte) 0);
        return hello;
    }

    ClientHelloDraft suites(int... offered) {
        suites = HelloExtensions.list(2, offered);
        return this;
    }

    /** Adds an extension, or replaces the one of its type. */
    ClientHelloDraft put(int extension, byte... body) {
        extensions.put(extension, body);
        return this;
    }

    ClientHelloDraft without(int extension) {
        extensions.without(extension);
        return this;
    }

    /** Ends the list of extensions with these bytes, which begin one. */
    ClientHelloDraft lastExtensionHeader(byte... bytes) {
        unfinished = bytes;
        return this;
    }

    /** Ends the message after legacy_compression_methods, as before RFC 3546. */
    ClientHelloDraft withoutExtensions() {
        noExtensions = true;
        return this;
    }

    /** Removes that many bytes at the end; the header's length is that of the rest. */
    ClientHelloDraft cut(int bytes) {
        missing = bytes;
        return this;
    }

    /** Keeps only that many bytes of the body. */
    ClientHelloDraft shortened(int bytes) {
        cutTo = bytes;
        return this;
    }

    ClientHelloDraft with(Consumer<ClientHelloDraft> change) {
        change.accept(this);
        return this;
    }

    /** The message with its handshake header. */
    byte[] message() {
        OctetWriter body = new OctetWriter()
                .number(2, legacyVersion)
                .raw(random)
                .vector(1, session)
                .raw(suites)
                .raw(compressions);
        if (!noExtensions) {
            body.vector(2, OctetWriter.joined(extensions.bytes(), unfinished));
        }
        byte[] whole = body.bytes();
        int length = Math.min(cutTo, whole.length - missing);
        return HandshakeBytes.message(HandshakeBytes.CLIENT_HELLO, Arrays.copyOf(whole, length));
    }
}
