package dev.tlscope.it.raw;

/** Messages and records of a client up to TLS 1.2 that are out of order, and its Finished (RFC 5246, 7.1 and 7.4.9). */
final class ClientFlight12Cases {
    private ClientFlight12Cases() {}

    static void add(RefusalCases cases) {
        order(cases);
    }

    private static void order(RefusalCases cases) {
        cases.afterServerFlight12("client-ccs-before-exchange", RawPeer::changeCipherSpec);
        cases.afterServerFlight12(
                "client-finished-before-exchange",
                c -> c.messages(HandshakeBytes.message(HandshakeBytes.FINISHED, new byte[12])));
        cases.afterServerFlight12("client-exchange-twice", c -> c.keyExchange().keyExchange());
        cases.afterServerFlight12(
                "client-finished-before-ccs", c -> c.keyExchange().messages(c.finishedMessage()));
        cases.afterServerFlight12(
                "client-data-before-finished",
                c -> c.keyExchange().changeKeys().record(PlainRecord.APPLICATION_DATA, new byte[9]));
        cases.afterServerFlight12(
                        "client-finished-wrong",
                        c -> c.keyExchange()
                                .changeKeys()
                                .messages(HandshakeBytes.message(HandshakeBytes.FINISHED, new byte[12])))
                .in(TlsVersion.TLS10, TlsVersion.TLS11);
        cases.afterServerFlight12(
                "client-finished-short",
                c -> c.keyExchange()
                        .changeKeys()
                        .messages(HandshakeBytes.message(HandshakeBytes.FINISHED, new byte[11])));
        cases.afterServerFlight12(
                "client-finished-empty",
                c -> c.keyExchange().changeKeys().messages(HandshakeBytes.message(HandshakeBytes.FINISHED)));
        cases.afterServerFlight12(
                "client-ccs-of-2", c -> c.keyExchange().plain(PlainRecord.CHANGE_CIPHER_SPEC, (byte) 2));
        cases.afterServerFlight12(
                "client-ccs-two-bytes", c -> c.keyExchange().plain(PlainRecord.CHANGE_CIPHER_SPEC, (byte) 1, (byte) 1));
        cases.afterServerFlight12("client-ccs-empty", c -> c.keyExchange().plain(PlainRecord.CHANGE_CIPHER_SPEC));
        cases.afterServerFlight12(
                "client-hello-request", c -> c.messages(HandshakeBytes.message(HandshakeBytes.HELLO_REQUEST)));
        cases.afterServerFlight12(
                "client-sends-server-hello",
                c -> c.messages(HandshakeBytes.message(HandshakeBytes.SERVER_HELLO, new byte[40])));
        cases.afterServerFlight12(
                "client-sends-done", c -> c.messages(HandshakeBytes.message(HandshakeBytes.SERVER_HELLO_DONE)));
        cases.afterServerFlight12(
                "client-sends-ticket",
                c -> c.messages(HandshakeBytes.message(HandshakeBytes.NEW_SESSION_TICKET, new byte[6])));
        cases.afterServerFlight12(
                "client-sends-key-update",
                c -> c.messages(HandshakeBytes.message(HandshakeBytes.KEY_UPDATE, (byte) 0)));
    }
}
