package dev.tlscope.it.raw;

/**
 * ClientHellos that a server rejects because of a field other than an extension (RFC 8446, 4.1.2; RFC 5246, 7.4.1.2).
 */
final class ClientHelloCases {
    private static final TlsVersion[] ALL = TlsVersion.values();
    private static final TlsVersion[] OLD = {TlsVersion.TLS10, TlsVersion.TLS11, TlsVersion.TLS12};

    private ClientHelloCases() {}

    static void add(RefusalCases cases) {
        cases.atServer("hello-session-id-33", c -> c.hello(h -> h.session = new byte[33]), ALL);
        cases.atServer("hello-no-suites", c -> c.hello(h -> h.suites()), ALL);
        cases.atServer("hello-odd-suites", c -> c.hello(h -> h.suites = new byte[] {0, 3, 0x13, 1, 0}), ALL);
        cases.atServer(
                "hello-suites-past-end", c -> c.hello(h -> h.suites = new byte[] {(byte) 0xff, 0, 0x13, 1}), ALL);
        cases.atServer("hello-unknown-suites", c -> c.hello(h -> h.suites(0x1399, 0xc099)), ALL);
        cases.atServer("hello-cut-in-extensions", c -> c.hello(h -> h.cut(3)), ALL);
        cases.atServer("hello-cut-in-random", c -> c.hello(h -> h.shortened(30)), ALL);
        cases.atServer("hello-empty", c -> c.messages(HandshakeBytes.message(HandshakeBytes.CLIENT_HELLO)), ALL);
        cases.atServer("hello-version-ssl3", c -> c.hello(h -> h.legacyVersion = 0x0300), OLD);
        cases.atServer("hello-version-2-0", c -> c.hello(h -> h.legacyVersion = 0x0200), OLD);
        cases.atServer("hello-legacy-version-3-1", c -> c.hello(h -> h.legacyVersion = 0x0301), TlsVersion.TLS13);
        cases.atServer(
                "hello-suites-of-tls13-in-tls12",
                c -> c.hello(h -> h.suites(Suites.TLS_AES_128_GCM_SHA256)),
                TlsVersion.TLS12);
        cases.atServer(
                "hello-suites-of-tls12-in-tls13",
                c -> c.hello(h -> h.suites(Suites.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256)),
                TlsVersion.TLS13);
        cases.atServer("hello-without-extensions", c -> c.hello(ClientHelloDraft::withoutExtensions), TlsVersion.TLS12)
                .with(parameters -> parameters.setProtocols(new String[] {TlsVersion.TLS13.jsse()}));
        cases.atServer("hello-after-hello", RawClient::twice, ALL);
    }
}
