package dev.tlscope.it.cells;

import java.io.IOException;
import java.security.GeneralSecurityException;

/** Messages that are malformed, out of order, or too long. */
final class MessageCells {
    private static final int CERTIFICATE_VERIFY = 15;
    private static final int CLIENT_KEY_EXCHANGE = 16;
    private static final int FINISHED = 20;
    private static final int PADDING = 21; // RFC 7685
    /** More than the default of jdk.tls.maxHandshakeMessageSize, 32,768. */
    private static final int LONG = 40_000;

    /**
     * More than the defaults of jdk.tls.client.maxInboundCertificateChainLength, 10, and of the server's property, 8.
     */
    private static final int DEEP = 11; // and the leaf, and the first issuer

    private MessageCells() {}

    static void add(CellTable cells, CellPki pki) throws GeneralSecurityException, IOException {
        malformed(cells, pki);
        illegal(cells, pki);
        unexpected(cells, pki);
        tooLarge(cells, pki);
    }

    private static void malformed(CellTable cells, CellPki pki) throws GeneralSecurityException, IOException {
        for (String version : CellTable.BOTH) {
            // A list whose length exceeds its extension.
            cells.add(
                    "malformed-client-hello",
                    version,
                    pki::goodServer,
                    () -> line -> send(
                            line,
                            CraftedHello.client(line.name(), version)
                                    .put(CraftedHello.SUPPORTED_GROUPS, (byte) 0, (byte) 8, (byte) 0, (byte) 23)));
        }
        cells.add(
                "malformed-server-hello",
                CellTable.TLS13,
                () -> line -> send(
                        line,
                        new ServerFlight(line)
                                .hello(CellTable.TLS13, CraftedHello.TLS_AES_128_GCM_SHA256)
                                // a share of 32 bytes that ends after three
                                .put(
                                        CraftedHello.KEY_SHARE,
                                        (byte) 0,
                                        (byte) 23,
                                        (byte) 0,
                                        (byte) 32,
                                        (byte) 1,
                                        (byte) 2,
                                        (byte) 3)),
                pki::goodClient);
        cells.add(
                "malformed-server-hello",
                CellTable.TLS12,
                () -> line -> send(
                        line,
                        new ServerFlight(line)
                                .hello(CellTable.TLS12, CraftedHello.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256)
                                .put(CraftedHello.RENEGOTIATION_INFO, (byte) 7)),
                pki::goodClient);
        cells.add(
                "malformed-certificate",
                CellTable.TLS12,
                () -> line -> new ServerFlight(line)
                        .sendHello(CraftedHello.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256)
                        // the list is longer than the message
                        .send(ServerFlight.CERTIFICATE, (byte) 0, (byte) 9, (byte) 0, (byte) 1)
                        .end(),
                pki::goodClient);
        cells.add("malformed-client-key-exchange", CellTable.TLS12, pki::goodServer, () -> line -> {
            CraftedHello.client(line.name(), CellTable.TLS12).send(line);
            PlaintextRecords.readUntil(line, ServerFlight.SERVER_HELLO_DONE);
            // a point of 65 bytes that ends after two
            PlaintextRecords.send(
                    line,
                    PlaintextRecords.HANDSHAKE,
                    PlaintextRecords.message(CLIENT_KEY_EXCHANGE, (byte) 65, (byte) 4, (byte) 1));
            LostCells.drain(line);
        });
    }

    /** Well-formed messages, with contents that the RFCs forbid. */
    private static void illegal(CellTable cells, CellPki pki) throws GeneralSecurityException, IOException {
        for (String version : CellTable.BOTH) {
            int other = version.equals(CellTable.TLS13) ? 0x1305 : CraftedHello.TLS_RSA_WITH_AES_128_CBC_SHA;
            cells.add(
                    "illegal-suite",
                    version,
                    () -> line -> send(line, new ServerFlight(line).hello(version, other)),
                    () -> pki.goodClient()
                            .suites(
                                    version.equals(CellTable.TLS13)
                                            ? "TLS_AES_128_GCM_SHA256"
                                            : "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"));
        }
    }

    private static void unexpected(CellTable cells, CellPki pki) throws GeneralSecurityException, IOException {
        cells.add(
                "unexpected-first-from-client",
                pki::goodServer,
                () -> line -> send(line, PlaintextRecords.message(FINISHED, new byte[12])));
        cells.add(
                "unexpected-first-from-server",
                () -> line -> new ServerFlight(line)
                        .send(ServerFlight.SERVER_HELLO_DONE)
                        .end(),
                pki::goodClient);
        cells.add("unexpected-certificate-verify", CellTable.TLS12, pki::goodServer, () -> line -> {
            CraftedHello.client(line.name(), CellTable.TLS12).send(line);
            PlaintextRecords.readUntil(line, ServerFlight.SERVER_HELLO_DONE);
            byte[] signature =
                    new Bytes().number(2, 0x0403).vector(2, new byte[70]).done();
            send(line, PlaintextRecords.message(CERTIFICATE_VERIFY, signature));
        });
        cells.add(
                "unexpected-finished",
                CellTable.TLS12,
                () -> line -> new ServerFlight(line)
                        .sendHello(CraftedHello.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256)
                        .send(FINISHED, new byte[12])
                        .end(),
                pki::goodClient);
    }

    private static void tooLarge(CellTable cells, CellPki pki) throws GeneralSecurityException, IOException {
        for (String version : CellTable.BOTH) {
            cells.add(
                    "message-too-large-client-hello",
                    version,
                    pki::goodServer,
                    () -> line ->
                            send(line, CraftedHello.client(line.name(), version).put(PADDING, new byte[LONG])));
        }
        cells.add(
                "message-too-large-certificate",
                CellTable.TLS12,
                () -> line -> new ServerFlight(line)
                        .sendHello(CraftedHello.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256)
                        .send(ServerFlight.CERTIFICATE, new byte[LONG])
                        .end(),
                pki::goodClient);
        Issuer deep = pki.issuing;
        for (int depth = 0; depth < DEEP; depth++) {
            deep = deep.below("CN=cells issuing " + depth + ",O=tlscope cells");
        }
        Credential server = CellPki.server(deep).issued();
        Credential client = CellPki.client(deep).issued();
        cells.add("message-too-large-chain", () -> JsseParty.server().shows(server), pki::goodClient);
        cells.add(
                "message-too-large-chain-client",
                () -> pki.goodServer().needsClientCertificate(),
                () -> pki.goodClient().keys(new FixedKeyManager(client)));
    }

    private static void send(Line line, CraftedHello hello) throws IOException {
        send(line, hello.message());
    }

    private static void send(Line line, byte... message) throws IOException {
        PlaintextRecords.send(line, PlaintextRecords.HANDSHAKE, message);
        LostCells.drain(line);
    }
}
