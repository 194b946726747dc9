package dev.tlscope.it.raw;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Extensions of a ClientHello that a server rejects (RFC 8446, 4.2). */
final class ClientExtensionCases {
    private static final TlsVersion[] NEW = {TlsVersion.TLS12, TlsVersion.TLS13};
    private static final TlsVersion[] ALL = TlsVersion.values();
    private static final int[] NONE = {};

    private ClientExtensionCases() {}

    static void add(RefusalCases cases) {
        cases.atServer(
                "extension-twice",
                c -> c.hello(h -> h.extensions.append(
                        HelloExtensions.SUPPORTED_GROUPS, HelloExtensions.list(2, EcShare.SECP256R1))),
                ALL);
        cases.atServer("extensions-end-in-header", c -> c.hello(h -> h.lastExtensionHeader(new byte[] {0, 5, 0})), ALL);
        cases.atServer(
                "extension-longer-than-list", c -> c.hello(h -> h.lastExtensionHeader(new byte[] {0, 5, 1, 0})), ALL);
        lists(cases);
        names(cases);
        versions(cases);
        protocols(cases);
        others(cases);
    }

    private static void lists(RefusalCases cases) {
        cases.atServer(
                "groups-empty",
                c -> c.hello(h -> h.put(HelloExtensions.SUPPORTED_GROUPS, HelloExtensions.list(2, NONE))),
                ALL);
        cases.atServer(
                "groups-odd",
                c -> c.hello(h ->
                        h.put(HelloExtensions.SUPPORTED_GROUPS, (byte) 0, (byte) 3, (byte) 0, (byte) 23, (byte) 0)),
                ALL);
        cases.atServer(
                "groups-missing", c -> c.hello(h -> h.without(HelloExtensions.SUPPORTED_GROUPS)), TlsVersion.TLS13);
        cases.atServer(
                "groups-unknown",
                c -> c.hello(h -> h.put(HelloExtensions.SUPPORTED_GROUPS, HelloExtensions.list(2, 0xfe01))
                        .put(
                                HelloExtensions.KEY_SHARE,
                                new OctetWriter()
                                        .vector(2, EcShare.entry(0xfe01, new byte[32]))
                                        .bytes())),
                TlsVersion.TLS13);
        cases.atServer(
                "schemes-empty",
                c -> c.hello(h -> h.put(HelloExtensions.SIGNATURE_ALGORITHMS, HelloExtensions.list(2, NONE))),
                NEW);
        cases.atServer(
                "schemes-odd",
                c -> c.hello(h ->
                        h.put(HelloExtensions.SIGNATURE_ALGORITHMS, (byte) 0, (byte) 3, (byte) 4, (byte) 3, (byte) 4)),
                NEW);
        cases.atServer(
                "schemes-missing",
                c -> c.hello(h -> h.without(HelloExtensions.SIGNATURE_ALGORITHMS)),
                TlsVersion.TLS13);
        cases.atServer(
                "schemes-unknown",
                c -> c.hello(h -> h.put(HelloExtensions.SIGNATURE_ALGORITHMS, HelloExtensions.list(2, 0xfe02))),
                NEW);
        cases.atServer(
                "schemes-of-other-keys",
                c -> c.hello(h ->
                        h.put(HelloExtensions.SIGNATURE_ALGORITHMS, HelloExtensions.list(2, SignatureNumbers.ED25519))),
                NEW);
        cases.atServer(
                "points-empty", c -> c.hello(h -> h.put(HelloExtensions.EC_POINT_FORMATS, (byte) 0)), TlsVersion.TLS12);
        cases.atServer(
                "points-compressed",
                c -> c.hello(h -> h.put(HelloExtensions.EC_POINT_FORMATS, (byte) 1, (byte) 1)),
                TlsVersion.TLS12);
    }

    private static void names(RefusalCases cases) {
        name(cases, "name-underscore", "my_host.example");
        name(cases, "name-trailing-dot", "host.example.");
        name(cases, "name-wildcard", "*.example.com");
        name(cases, "name-space", "host example");
        name(cases, "name-label-64", "a1234567890123456789012345678901234567890123456789012345678901234.example");
        name(cases, "name-empty-label", "host..example");
        cases.atServer(
                "name-empty",
                c -> c.hello(h -> h.put(
                        HelloExtensions.SERVER_NAME,
                        new OctetWriter().vector(2, HelloExtensions.hostName()).bytes())),
                NEW);
        cases.atServer(
                "name-list-empty", c -> c.hello(h -> h.put(HelloExtensions.SERVER_NAME, (byte) 0, (byte) 0)), NEW);
        cases.atServer(
                "name-not-ascii",
                c -> c.hello(h -> h.put(
                        HelloExtensions.SERVER_NAME,
                        new OctetWriter()
                                .vector(2, HelloExtensions.hostName((byte) 0xff, (byte) 0xfe))
                                .bytes())),
                NEW);
        cases.atServer(
                "name-twice",
                c -> c.hello(h -> h.put(
                        HelloExtensions.SERVER_NAME,
                        new OctetWriter()
                                .vector(
                                        2,
                                        OctetWriter.joined(
                                                HelloExtensions.hostName("a.example".getBytes(US_ASCII)),
                                                HelloExtensions.hostName("b.example".getBytes(US_ASCII))))
                                .bytes())),
                NEW);
        cases.atServer(
                "name-cut",
                c -> c.hello(h -> h.put(
                        HelloExtensions.SERVER_NAME,
                        (byte) 0,
                        (byte) 5,
                        (byte) 0,
                        (byte) 0,
                        (byte) 9,
                        (byte) 'a',
                        (byte) 'b')),
                NEW);
        cases.atServer("name-refused", c -> c.hello(), NEW)
                .with(parameters -> parameters.setSNIMatchers(
                        java.util.Collections.singleton(javax.net.ssl.SNIHostName.createSNIMatcher("only\\.example"))));
    }

    private static void name(RefusalCases cases, String name, String host) {
        cases.atServer(
                name, c -> c.hello(h -> h.put(HelloExtensions.SERVER_NAME, HelloExtensions.serverName(host))), NEW);
    }

    private static void versions(RefusalCases cases) {
        cases.atServer(
                "versions-empty",
                c -> c.hello(h -> h.put(HelloExtensions.SUPPORTED_VERSIONS, (byte) 0)),
                TlsVersion.TLS13);
        cases.atServer(
                "versions-odd",
                c -> c.hello(h -> h.put(HelloExtensions.SUPPORTED_VERSIONS, (byte) 3, (byte) 3, (byte) 4, (byte) 3)),
                TlsVersion.TLS13);
        cases.atServer(
                "versions-unknown",
                c -> c.hello(h -> h.put(HelloExtensions.SUPPORTED_VERSIONS, HelloExtensions.list(1, 0x0399))),
                TlsVersion.TLS13);
        cases.atServer(
                "versions-ssl3-only",
                c -> c.hello(h -> h.put(HelloExtensions.SUPPORTED_VERSIONS, HelloExtensions.list(1, 0x0300))),
                TlsVersion.TLS13);
    }

    private static void protocols(RefusalCases cases) {
        alpn(cases, "alpn-empty-list", (byte) 0, (byte) 0);
        alpn(cases, "alpn-empty-name", HelloExtensions.protocolNames("h2", ""));
        alpn(cases, "alpn-wrong-length", (byte) 0, (byte) 9, (byte) 2, (byte) 'h', (byte) '2');
        alpn(cases, "alpn-none-common", HelloExtensions.protocolNames("spdy/1"));
        alpn(cases, "alpn-none-common-grease", HelloExtensions.protocolNames("zz", "http/0.9"));
    }

    private static void alpn(RefusalCases cases, String name, byte... list) {
        cases.atServer(name, c -> c.hello(h -> h.put(HelloExtensions.ALPN, list)), NEW)
                .with(ApplicationProtocols.of("h2", "http/1.1"));
    }

    private static void others(RefusalCases cases) {
        cases.atServer(
                "ems-not-empty",
                c -> c.hello(h -> h.put(HelloExtensions.EXTENDED_MASTER_SECRET, (byte) 1)),
                TlsVersion.TLS12);
        cases.atServer(
                "renegotiation-info-empty",
                c -> c.hello(h -> h.put(HelloExtensions.RENEGOTIATION_INFO)),
                TlsVersion.TLS12);
        cases.atServer(
                "renegotiation-info-not-empty",
                c -> c.hello(h -> h.put(HelloExtensions.RENEGOTIATION_INFO, (byte) 2, (byte) 1, (byte) 2)),
                TlsVersion.TLS12);
        cases.atServer(
                "status-request-cut",
                c -> c.hello(h -> h.put(HelloExtensions.STATUS_REQUEST, (byte) 1, (byte) 0)),
                NEW);
        cases.atServer(
                "fragment-length-2-bytes",
                c -> c.hello(h -> h.put(HelloExtensions.MAX_FRAGMENT_LENGTH, (byte) 1, (byte) 1)),
                NEW);
        cases.atServer(
                "fragment-length-9", c -> c.hello(h -> h.put(HelloExtensions.MAX_FRAGMENT_LENGTH, (byte) 9)), NEW);
        cases.atServer("cookie-empty", c -> c.hello(h -> h.put(HelloExtensions.COOKIE)), TlsVersion.TLS13);
        cases.atServer(
                "cookie-unasked",
                c -> c.hello(h -> h.put(HelloExtensions.COOKIE, (byte) 0, (byte) 2, (byte) 7, (byte) 7)),
                TlsVersion.TLS13);
        cases.atServer(
                "psk-modes-empty",
                c -> c.hello(h -> h.put(HelloExtensions.PSK_KEY_EXCHANGE_MODES, (byte) 0)),
                TlsVersion.TLS13);
        cases.atServer(
                "authorities-empty",
                c -> c.hello(h -> h.put(HelloExtensions.CERTIFICATE_AUTHORITIES, (byte) 0, (byte) 0)),
                TlsVersion.TLS13);
        cases.atServer(
                "authorities-no-name",
                c -> c.hello(h -> h.put(
                        HelloExtensions.CERTIFICATE_AUTHORITIES,
                        (byte) 0,
                        (byte) 5,
                        (byte) 0,
                        (byte) 3,
                        (byte) 1,
                        (byte) 2,
                        (byte) 3)),
                TlsVersion.TLS13);
        cases.atServer(
                "authorities-cut",
                c -> c.hello(h -> h.put(HelloExtensions.CERTIFICATE_AUTHORITIES, (byte) 0)),
                TlsVersion.TLS13);
    }
}
