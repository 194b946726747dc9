package dev.tlscope.it.cells;

import dev.tlscope.demo.tls.TlsConnection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLException;

/** Peers that do not use TLS, or close the connection. */
final class LostCells {
    private static final int SHORT_MILLIS = 300;

    /** AlertLevel and AlertDescription (RFC 8446, 6). */
    private static final byte[] CLOSE_NOTIFY = {1, 0};

    private static final byte[] USER_CANCELED = {1, 90};

    private LostCells() {}

    static void add(CellTable cells, CellPki pki) throws GeneralSecurityException, IOException {
        plaintext(cells, pki);
        lostByTheClient(cells, pki);
        cells.add("server-closed", () -> LostCells::closeAfterHello, pki::goodClient);
        cells.add("server-close-notify", () -> warnsAfterHello(CLOSE_NOTIFY), pki::goodClient);
        cells.add("server-canceled", () -> warnsAfterHello(USER_CANCELED, CLOSE_NOTIFY), pki::goodClient);
        // An SSLEngine does not learn of a reset or a timeout: only its application and its socket do.
        cells.add("server-reset", () -> LostCells::resetAfterHello, pki::goodClient);
        cells.add(
                "server-silent", () -> LostCells::listen, () -> pki.goodClient().patience(SHORT_MILLIS));
        lostAlert(cells, pki);
    }

    /**
     * The server's alert arrives after the client has completed, which only writes and never reads: over a socket it
     * only sees that its write failed.
     */
    private static void lostAlert(CellTable cells, CellPki pki) throws GeneralSecurityException, IOException {
        Credential expired = CellPki.client(pki.issuing).days(-400, -3).issued();
        for (boolean reads : new boolean[] {false, true}) {
            cells.add(
                    reads ? "late-alert" : "lost-alert",
                    CellTable.TLS13,
                    HandshakeCell.SOCKET,
                    () -> pki.goodServer().needsClientCertificate(),
                    () -> pki.goodClient()
                            .keys(new FixedKeyManager(expired))
                            .then((connection, line) -> writeUntilItBreaks(connection, reads)));
        }
    }

    private static void writeUntilItBreaks(TlsConnection connection, boolean reads) throws IOException {
        try {
            while (true) {
                connection.output().write('?');
            }
        } catch (IOException broken) {
            if (!reads) {
                throw broken;
            }
            // data that arrived before the reset may still be readable
            connection.input().read();
        }
    }

    private static void plaintext(CellTable cells, CellPki pki) throws GeneralSecurityException, IOException {
        cells.add(
                "plaintext-http-server",
                () -> says("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"),
                pki::goodClient);
        cells.add("plaintext-smtp-server", () -> says("220 mail.example ESMTP ready\r\n"), pki::goodClient);
        cells.add("plaintext-ssh-server", () -> says("SSH-2.0-OpenSSH_9.6\r\n"), pki::goodClient);
        cells.add("plaintext-http-client", pki::goodServer, () -> says("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        cells.add(
                "plaintext-proxy-client", pki::goodServer, () -> says("PROXY TCP4 192.0.2.1 192.0.2.2 40000 443\r\n"));
    }

    private static void lostByTheClient(CellTable cells, CellPki pki) throws GeneralSecurityException, IOException {
        for (String version : CellTable.BOTH) {
            cells.add("client-closed", version, pki::goodServer, () -> line -> {
                CraftedHello.client(line.name(), version).send(line);
                PlaintextRecords.read(line);
                line.socket().shutdownOutput();
                drain(line);
            });
            cells.add("client-reset", version, pki::goodServer, () -> line -> {
                CraftedHello.client(line.name(), version).send(line);
                PlaintextRecords.read(line);
                line.socket().setSoLinger(true, 0); // close then resets
            });
            cells.add("client-silent", version, () -> pki.goodServer().patience(SHORT_MILLIS), () -> line -> {
                CraftedHello.client(line.name(), version).send(line);
                listen(line);
            });
        }
    }

    /** Sends a text, and reads until the other side closes. */
    private static Party says(String text) {
        return line -> {
            line.socket().getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            drain(line);
        };
    }

    private static void closeAfterHello(Line line) throws IOException {
        PlaintextRecords.read(line);
        line.socket().shutdownOutput();
        drain(line);
    }

    private static Party warnsAfterHello(byte[]... alerts) {
        return line -> {
            PlaintextRecords.read(line);
            for (byte[] alert : alerts) {
                PlaintextRecords.send(line, PlaintextRecords.ALERT, alert);
            }
            drain(line);
        };
    }

    private static void resetAfterHello(Line line) throws IOException {
        PlaintextRecords.read(line);
        line.socket().setSoLinger(true, 0); // close then resets
    }

    private static void listen(Line line) throws IOException {
        drain(line);
    }

    static void drain(Line line) throws IOException {
        InputStream in = line.socket().getInputStream();
        try {
            while (in.read() >= 0) {
                // until the peer gives up
            }
        } catch (SSLException e) {
            throw e;
        } catch (IOException e) {
            // the peer may reset the connection as well
        }
    }
}
