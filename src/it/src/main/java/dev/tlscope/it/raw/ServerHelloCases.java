package dev.tlscope.it.raw;

import java.util.function.Consumer;
import javax.net.ssl.SSLParameters;

/** ServerHellos that a client rejects (RFC 8446, 4.1.3; RFC 5246, 7.4.1.3). */
final class ServerHelloCases {
    private static final TlsVersion[] ALL = TlsVersion.values();
    private static final TlsVersion[] NEW = {TlsVersion.TLS12, TlsVersion.TLS13};
    private static final int X448 = 30;

    private ServerHelloCases() {}

    static void add(RefusalCases cases) {
        fields(cases);
        versions(cases);
        extensions12(cases);
        shares(cases);
    }

    private static void fields(RefusalCases cases) {
        answer(cases, "answer-hello-empty", s -> s.messages(HandshakeBytes.message(HandshakeBytes.SERVER_HELLO)), ALL);
        hello(cases, "answer-hello-cut", h -> h.cut(3), ALL);
        hello(cases, "answer-session-id-33", h -> h.session = new byte[33], ALL);
        hello(cases, "answer-suite-unknown", h -> h.suite = 0x1399, ALL);
        hello(cases, "answer-suite-rc4", h -> h.suite = Suites.TLS_RSA_WITH_RC4_128_MD5, ALL);
        hello(
                cases,
                "answer-suite-of-tls12",
                h -> h.suite = Suites.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
                TlsVersion.TLS13);
        hello(cases, "answer-suite-of-tls13", h -> h.suite = Suites.TLS_AES_128_GCM_SHA256, TlsVersion.TLS12);
        hello(cases, "answer-compression-1", h -> h.compression = 1, ALL);
        hello(
                cases,
                "answer-extension-twice",
                h -> h.extensions.append(HelloExtensions.RENEGOTIATION_INFO, (byte) 0),
                TlsVersion.TLS12);
        hello(
                cases,
                "answer-extension-of-client-hello",
                h -> h.put(HelloExtensions.SIGNATURE_ALGORITHMS, HelloExtensions.list(2, 0x0401)),
                NEW);
        answer(
                cases,
                "answer-hello-request",
                s -> s.messages(HandshakeBytes.message(HandshakeBytes.HELLO_REQUEST)),
                NEW);
        answer(
                cases,
                "answer-client-hello",
                s -> s.messages(HandshakeBytes.message(HandshakeBytes.CLIENT_HELLO, new byte[40])),
                ALL);
        answer(
                cases,
                "answer-finished",
                s -> s.messages(HandshakeBytes.message(HandshakeBytes.FINISHED, new byte[12])),
                ALL);
        answer(cases, "answer-certificate", s -> s.messages(HandshakeBytes.certificate12(s.pki.serverChain())), ALL);
        answer(
                cases,
                "answer-key-update",
                s -> s.messages(HandshakeBytes.message(HandshakeBytes.KEY_UPDATE, (byte) 0)),
                NEW);
    }

    private static void versions(RefusalCases cases) {
        hello(cases, "answer-version-2-0", h -> h.legacyVersion = 0x0200, ALL);
        hello(cases, "answer-version-3-9", h -> h.legacyVersion = 0x0309, TlsVersion.TLS12);
        hello(cases, "answer-version-tls10", h -> h.legacyVersion = 0x0301, TlsVersion.TLS12);
        hello(cases, "answer-version-only-13", h -> {}, TlsVersion.TLS12).with(only(TlsVersion.TLS13));
        hello(cases, "answer-version-only-12", h -> {}, TlsVersion.TLS13).with(only(TlsVersion.TLS12));
        hello(
                cases,
                "answer-selected-version-unknown",
                h -> h.put(HelloExtensions.SUPPORTED_VERSIONS, (byte) 3, (byte) 0x99),
                TlsVersion.TLS13);
        hello(
                cases,
                "answer-selected-version-cut",
                h -> h.put(HelloExtensions.SUPPORTED_VERSIONS, (byte) 3),
                TlsVersion.TLS13);
        hello(cases, "answer-legacy-version-3-1", h -> h.legacyVersion = 0x0301, TlsVersion.TLS13);
        hello(cases, "answer-downgrade-to-tls12", h -> h.random = downgraded(h.random, 1), TlsVersion.TLS12);
    }

    private static void extensions12(RefusalCases cases) {
        hello12(cases, "answer-alpn-unasked", HelloExtensions.ALPN, HelloExtensions.protocolNames("h2"));
        hello12(cases, "answer-alpn-two", HelloExtensions.ALPN, HelloExtensions.protocolNames("h2", "http/1.1"))
                .with(ApplicationProtocols.of("h2", "http/1.1"));
        hello12(cases, "answer-alpn-other", HelloExtensions.ALPN, HelloExtensions.protocolNames("imap"))
                .with(ApplicationProtocols.of("h2", "http/1.1"));
        hello12(cases, "answer-name-not-empty", HelloExtensions.SERVER_NAME, (byte) 1);
        hello12(cases, "answer-ems-not-empty", HelloExtensions.EXTENDED_MASTER_SECRET, (byte) 1);
        hello12(cases, "answer-points-compressed", HelloExtensions.EC_POINT_FORMATS, (byte) 1, (byte) 1);
        hello12(cases, "answer-fragment-length-unasked", HelloExtensions.MAX_FRAGMENT_LENGTH, (byte) 1);
        hello12(cases, "answer-status-not-empty", HelloExtensions.STATUS_REQUEST, (byte) 1);
        hello12(cases, "answer-renegotiation-not-empty", HelloExtensions.RENEGOTIATION_INFO, (byte) 2, (byte) 1, (byte)
                2);
        hello12(cases, "answer-renegotiation-cut", HelloExtensions.RENEGOTIATION_INFO);
    }

    private static void shares(RefusalCases cases) {
        hello(cases, "answer-share-missing", h -> h.without(HelloExtensions.KEY_SHARE), TlsVersion.TLS13);
        share(cases, "answer-share-cut", (byte) 0);
        share(
                cases,
                "answer-share-trailing",
                OctetWriter.joined(EcShare.entry(EcShare.SECP256R1, new byte[65]), new byte[3]));
        share(cases, "answer-share-group-unknown", EcShare.entry(0xfe01, new byte[32]));
        share(cases, "answer-share-group-not-offered", EcShare.entry(X448, new byte[56]));
        share(cases, "answer-share-zero-x25519", EcShare.entry(EcShare.X25519, new byte[32]));
        share(cases, "answer-share-point-short", EcShare.entry(EcShare.SECP256R1, new byte[33]));
        answer(
                cases,
                "answer-share-off-curve",
                s -> s.hello(h -> h.put(
                        HelloExtensions.KEY_SHARE,
                        EcShare.entry(EcShare.SECP256R1, KeyShareCases.offCurve(s.share.point())))),
                TlsVersion.TLS13);
        hello(
                cases,
                "answer-psk-unasked",
                h -> h.put(HelloExtensions.PRE_SHARED_KEY, (byte) 0, (byte) 0),
                TlsVersion.TLS13);
    }

    static Consumer<SSLParameters> only(TlsVersion version) {
        return parameters -> parameters.setProtocols(new String[] {version.jsse()});
    }

    private static RefusalCase answer(
            RefusalCases cases, String name, RefusalCases.OneConnection<RawServer> play, TlsVersion... versions) {
        return cases.atClient(name, s -> play.with(s.readHello()), versions);
    }

    private static RefusalCase hello(
            RefusalCases cases, String name, Consumer<ServerHelloDraft> change, TlsVersion... versions) {
        return answer(cases, name, s -> s.hello(change), versions);
    }

    private static RefusalCase hello12(RefusalCases cases, String name, int extension, byte... body) {
        return hello(cases, name, h -> h.put(extension, body), TlsVersion.TLS12);
    }

    private static RefusalCase share(RefusalCases cases, String name, byte... body) {
        return hello(cases, name, h -> h.put(HelloExtensions.KEY_SHARE, body), TlsVersion.TLS13);
    }

    /** The random whose last eight bytes mark a downgrade (RFC 8446, 4.1.3). */
    private static byte[] downgraded(byte[] random, int to) {
        byte[] sentinel = OctetWriter.hex("444f574e47524400");
        byte[] marked = random.clone();
        System.arraycopy(sentinel, 0, marked, random.length - sentinel.length, sentinel.length);
        marked[marked.length - 1] = (byte) to;
        return marked;
    }
}
