package dev.tlscope.it.cells;

import java.io.IOException;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;

/** Resumptions and renegotiations that fail. */
final class SessionCells {
    private static final int FATAL = 2;
    private static final int DECRYPT_ERROR = 51;

    private SessionCells() {}

    static void add(CellTable cells, CellPki pki) throws GeneralSecurityException, IOException {
        byClient(cells, pki);
        byServer(cells, pki);
        cells.add("unsafe-renegotiation", CellTable.TLS12, pki::goodServer, () -> line -> {
            CraftedHello.client(line.name(), CellTable.TLS12)
                    .put(CraftedHello.RENEGOTIATION_INFO, (byte) 2, (byte) 7, (byte) 7)
                    .send(line);
            LostCells.drain(line);
        });
        cells.add(
                "unsafe-renegotiation-server-hello",
                CellTable.TLS12,
                () -> line -> {
                    new ServerFlight(line)
                            .hello(CellTable.TLS12, CraftedHello.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256)
                            .put(CraftedHello.RENEGOTIATION_INFO, (byte) 2, (byte) 7, (byte) 7)
                            .send(line);
                    LostCells.drain(line);
                },
                pki::goodClient);
    }

    /** Answers of a server to a client's offer that the client cannot accept. */
    private static void byClient(CellTable cells, CellPki pki) throws GeneralSecurityException, IOException {
        cells.add(
                "resumption-without-extended-master-secret",
                CellTable.TLS12,
                () -> line -> {
                    ServerFlight flight = new ServerFlight(line);
                    flight.hello(CellTable.TLS12, suiteOffered(flight.clientHello()))
                            .session(CraftedHello.sessionOf(flight.clientHello()))
                            .without(CraftedHello.EXTENDED_MASTER_SECRET)
                            .send(line);
                    LostCells.drain(line);
                },
                () -> resuming(pki, CellTable.TLS12));
        cells.add(
                "resumption-psk-refused",
                CellTable.TLS13,
                () -> line -> {
                    new ServerFlight(line);
                    PlaintextRecords.send(line, PlaintextRecords.ALERT, (byte) FATAL, (byte) DECRYPT_ERROR);
                    LostCells.drain(line);
                },
                () -> resuming(pki, CellTable.TLS13));
        cells.add(
                "resumption-psk-not-offered",
                CellTable.TLS13,
                () -> line -> {
                    new ServerFlight(line)
                            .hello(CellTable.TLS13, CraftedHello.TLS_AES_128_GCM_SHA256)
                            .put(CraftedHello.PRE_SHARED_KEY, (byte) 0, (byte) 7)
                            .send(line);
                    LostCells.drain(line);
                },
                () -> resuming(pki, CellTable.TLS13));
    }

    /** Offers of a client that the server cannot accept. */
    private static void byServer(CellTable cells, CellPki pki) throws GeneralSecurityException, IOException {
        SSLContext server12 = pki.goodServer().context();
        SSLContext server13 = pki.goodServer().context();
        cells.add(
                "resumption-extended-master-secret-dropped",
                CellTable.TLS12,
                () -> JsseParty.server().in(server12),
                () -> line -> {
                    SSLContext client = pki.goodClient().context();
                    ResumableSession.make(client, server12, CellTable.TLS12, line);
                    byte[] hello = ResumableSession.resumingHello(client, CellTable.TLS12, line);
                    PlaintextRecords.send(
                            line,
                            PlaintextRecords.HANDSHAKE,
                            ResumableSession.without(CraftedHello.EXTENDED_MASTER_SECRET, hello));
                    LostCells.drain(line);
                });
        cells.add("resumption-binder", CellTable.TLS13, () -> JsseParty.server().in(server13), () -> line -> {
            SSLContext client = pki.goodClient().context();
            ResumableSession.make(client, server13, CellTable.TLS13, line);
            byte[] hello = ResumableSession.resumingHello(client, CellTable.TLS13, line);
            hello[hello.length - 1] ^= 1; // pre_shared_key is last, and its binders are at its end
            PlaintextRecords.send(line, PlaintextRecords.HANDSHAKE, hello);
            LostCells.drain(line);
        });
    }

    private static Party resuming(CellPki pki, String version) throws GeneralSecurityException, IOException {
        SSLContext client = pki.goodClient().context();
        SSLContext server = pki.goodServer().context();
        JsseParty party = pki.goodClient().in(client).orProtocols(version);
        return line -> {
            ResumableSession.make(client, server, version, line);
            party.play(line);
        };
    }

    /**
     * The first suite of a ClientHello that is not one of TLS 1.3: a client that resumes lists those of its sessions
     * first.
     */
    private static int suiteOffered(byte... hello) {
        int at = 4 + 2 + 32;
        at += 1 + (hello[at] & 0xff) + 2;
        return (hello[at] & 0xff) << 8 | (hello[at + 1] & 0xff);
    }
}
