package dev.tlscope.it.raw;

/** What a server rejects after the handshake in TLS 1.2, mostly a second handshake (RFC 5746, 3.7). */
final class RenegotiationCases {
    private RenegotiationCases() {}

    static void add(RefusalCases cases) {
        again(cases);
        repeating(cases);
    }

    private static void again(RefusalCases cases) {
        after(
                cases,
                "again-without-renegotiation-info",
                c -> c.hello(h -> h.without(HelloExtensions.RENEGOTIATION_INFO)));
        after(cases, "again-renegotiation-info-empty", c -> c.hello(h -> {}));
        after(
                cases,
                "again-renegotiation-info-wrong",
                c -> c.hello(h -> h.put(
                        HelloExtensions.RENEGOTIATION_INFO,
                        new OctetWriter().vector(1, new byte[12]).bytes())));
        after(
                cases,
                "again-with-scsv",
                c -> c.hello(h -> h.suites(
                                Suites.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, Suites.TLS_EMPTY_RENEGOTIATION_INFO_SCSV)
                        .without(HelloExtensions.RENEGOTIATION_INFO)));
        after(cases, "again-session-id-33", c -> c.hello(h -> h.session = new byte[33]));
        after(cases, "again-cut-off", c -> {
            c.hello(h -> h.put(
                    HelloExtensions.RENEGOTIATION_INFO,
                    new OctetWriter().vector(1, c.verifyData()).bytes()));
            c.nextMessage(HandshakeBytes.SERVER_HELLO_DONE);
            c.end();
        });
        after(cases, "again-ccs", RawPeer::changeCipherSpec);
        after(cases, "again-finished", c -> c.messages(HandshakeBytes.message(HandshakeBytes.FINISHED, new byte[12])));
        after(cases, "again-key-update", c -> c.messages(HandshakeBytes.message(HandshakeBytes.KEY_UPDATE, (byte) 0)));
        cases.atServer12("again-not-secure", c -> {
            c.hello(h -> h.without(HelloExtensions.RENEGOTIATION_INFO));
            c.readServerFlight()
                    .keyExchange()
                    .changeKeys()
                    .finish()
                    .hello(h -> h.without(HelloExtensions.RENEGOTIATION_INFO));
        });
    }

    /** A client with a broken random generator repeats its random (RFC 5246, 7.4.1.2). */
    private static void repeating(RefusalCases cases) {
        cases.atServer12("again-random-zero", c -> {
            c.hello(h -> h.random = new byte[32]);
            c.readServerFlight().keyExchange().changeKeys().finish().hello(h -> {
                h.random = new byte[32];
                h.session = new byte[33];
            });
        });
        cases.atServer12(
                "again-random-repeated",
                c -> again(c, c.hello(RenegotiationCases::withoutExtended).random)
                        .messages(HandshakeBytes.message(HandshakeBytes.FINISHED, new byte[12])));
        cases.atServer12("again-random-zero-finished-wrong", c -> {
            byte[] zero = new byte[32];
            c.hello(h -> {
                h.random = zero;
                withoutExtended(h);
            });
            again(c, zero).changeKeys().messages(HandshakeBytes.message(HandshakeBytes.FINISHED, new byte[12]));
        });
    }

    /** The rest of the first handshake, and a second one with the same random up to ClientKeyExchange. */
    private static RawClient12 again(RawClient12 c, byte[] random) throws Exception {
        c.readServerFlight().keyExchange().changeKeys().finish().hello(h -> {
            h.random = random;
            withoutExtended(h);
            h.put(
                    HelloExtensions.RENEGOTIATION_INFO,
                    new OctetWriter().vector(1, c.verifyData()).bytes());
        });
        return c.readServerFlight().keyExchange();
    }

    /** The master secret then depends on the randoms (RFC 5246, 8.1). */
    private static void withoutExtended(ClientHelloDraft hello) {
        hello.without(HelloExtensions.EXTENDED_MASTER_SECRET);
    }

    private static void after(RefusalCases cases, String name, RefusalCases.OneConnection<RawClient12> play) {
        cases.atServer12(name, c -> play.with(c.handshake()));
    }
}
