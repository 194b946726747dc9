package dev.tlscope.it.raw;

/** Sessions that are resumed in a wrong way (RFC 8446, 4.2.11; RFC 5246, 7.4.1.2; RFC 7627, 5.3). */
final class SessionRefusalCases {
    private SessionRefusalCases() {}

    static void add(RefusalCases cases) {
        psk(cases);
        malformedPsk(cases);
        atServer12(cases);
        atClient12(cases);
        atClient13(cases);
    }

    private static void psk(RefusalCases cases) {
        cases.atServerAgain13("psk-binder-wrong", (psk, c) -> offer(c, psk.offer(c.draft(), new byte[32])));
        cases.atServerAgain13("psk-binder-short", (psk, c) -> offer(c, psk.offer(c.draft(), new byte[31])));
        cases.atServerAgain13(
                "psk-binders-two", (psk, c) -> offer(c, psk.offer(c.draft(), new byte[32], new byte[32])));
        cases.atServerAgain13(
                "psk-without-modes",
                (psk, c) ->
                        offer(c, psk.offer(c.draft(), new byte[32]).without(HelloExtensions.PSK_KEY_EXCHANGE_MODES)));
        cases.atServerAgain13(
                "psk-not-last", (psk, c) -> offer(c, psk.offer(c.draft()).put(0x1234)));
        cases.atServerAgain13("psk-with-early-data", SessionRefusalCases::earlyData);
        cases.atServer13("early-data-without-psk", c -> {
            c.hello(h -> h.put(HelloExtensions.EARLY_DATA));
            c.plain(PlainRecord.APPLICATION_DATA, new byte[60]);
        });
        cases.atServerAgain13("psk-finished-wrong", (psk, c) -> {
            c.resuming(psk);
            offer(c, psk.offer(c.draft()));
            c.readServerFlight().messages(HandshakeBytes.message(HandshakeBytes.FINISHED, new byte[32]));
        });
    }

    private static void malformedPsk(RefusalCases cases) {
        body(cases, "psk-empty");
        body(cases, "psk-identities-empty", OctetWriter.hex("0000 0029 28" + zeros(40)));
        body(cases, "psk-identity-empty", OctetWriter.hex("0006 0000 00000000 0021 20" + zeros(32)));
        body(cases, "psk-binders-missing", OctetWriter.hex("0028 0022 " + zeros(34) + " 00000000"));
        body(cases, "psk-binders-empty", OctetWriter.hex("0028 0022 " + zeros(34) + " 00000000 0000"));
        body(cases, "psk-lengths-wrong", OctetWriter.hex("00ff 0002 0102 00000000 0021 20" + zeros(32)));
    }

    private static void atServer12(RefusalCases cases) {
        cases.atServerAgain12(
                "session-without-ems",
                (first, c) ->
                        c.hello(h -> h.without(HelloExtensions.EXTENDED_MASTER_SECRET).session = first.session()));
        cases.atServerAgain12("session-finished-wrong", (first, c) -> {
            c.resuming(first).hello(h -> h.session = first.session());
            c.readServerHello().readFinished();
            c.changeKeys().messages(HandshakeBytes.message(HandshakeBytes.FINISHED, new byte[12]));
        });
        cases.atServerAgain12("session-exchange-instead", (first, c) -> {
            c.resuming(first).hello(h -> h.session = first.session());
            c.readServerHello().readFinished();
            c.messages(HandshakeBytes.message(HandshakeBytes.CLIENT_KEY_EXCHANGE, new byte[66]));
        });
    }

    private static void atClient12(RefusalCases cases) {
        resumed(cases, "answer-session-other-suite", h -> h.suite = Suites.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256);
        resumed(cases, "answer-session-without-ems", h -> h.without(HelloExtensions.EXTENDED_MASTER_SECRET));
        cases.atClientAgain12(
                "answer-session-certificate",
                (first, s) -> s.readHello()
                        .hello(h -> h.session = s.offer().session())
                        .certificate());
        cases.atClientAgain12("answer-session-finished-wrong", (first, s) -> {
            s.readHello()
                    .hello(h -> h.session = s.offer().session())
                    .resuming(first)
                    .changeKeys()
                    .messages(HandshakeBytes.message(HandshakeBytes.FINISHED, new byte[12]));
        });
    }

    private static void atClient13(RefusalCases cases) {
        selected(cases, "answer-psk-second-of-one", (byte) 0, (byte) 1);
        selected(cases, "answer-psk-index-cut", (byte) 0);
    }

    private static void resumed(RefusalCases cases, String name, java.util.function.Consumer<ServerHelloDraft> change) {
        cases.atClientAgain12(
                name,
                (first, s) -> s.readHello().hello(h -> {
                    h.session = s.offer().session();
                    change.accept(h);
                }));
    }

    private static void selected(RefusalCases cases, String name, byte... index) {
        cases.atClientAgain13(
                name, (first, s) -> s.readHello().hello(h -> h.put(HelloExtensions.PRE_SHARED_KEY, index)));
    }

    private static void body(RefusalCases cases, String name, byte... body) {
        cases.atServer(
                name,
                c -> c.hello(h -> h.put(HelloExtensions.PSK_KEY_EXCHANGE_MODES, (byte) 1, (byte) 1)
                        .put(HelloExtensions.PRE_SHARED_KEY, body)),
                TlsVersion.TLS13);
    }

    private static void offer(RawClient13 client, ClientHelloDraft hello) throws Exception {
        client.sent(hello);
        client.messages(hello.message());
    }

    /** A valid PSK with early data, which JSSE does not skip as RFC 8446, 4.2.10 requires. */
    private static void earlyData(RawPsk psk, RawClient13 client) throws Exception {
        client.resuming(psk);
        offer(client, psk.offer(client.draft().put(HelloExtensions.EARLY_DATA)));
        client.plain(PlainRecord.APPLICATION_DATA, new byte[60]);
    }

    private static String zeros(int bytes) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < bytes; i++) {
            digits.append("00");
        }
        return digits.toString();
    }
}
