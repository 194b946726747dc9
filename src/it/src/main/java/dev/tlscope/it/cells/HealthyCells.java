package dev.tlscope.it.cells;

import dev.tlscope.demo.tls.TlsConnection;
import java.io.IOException;
import java.lang.reflect.Method;
import java.security.GeneralSecurityException;
import java.util.Collections;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * {@code HealthyCells NUMBER}: plays at least that many connections without a fault, of all kinds in turn, and prints a
 * tab-separated line for each.
 */
final class HealthyCells {
    private static final String[] SUITES_12 = {
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_RSA_WITH_AES_128_CBC_SHA"
    };
    private static final String[] SUITES_13 = {"TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384"};

    /** More than the key limit in the test's policy, so that TLS 1.3 updates its keys (RFC 8446, 4.6.3). */
    private static final int MUCH = 200_000;

    private HealthyCells() {}

    public static void main(String[] line) throws Exception {
        int number = Integer.parseInt(line[0]);
        CellPki pki = new CellPki();
        CellTable cells = new CellTable();
        while (cells.all().size() < number) {
            add(cells, pki);
        }
        ExecutorService threads = Executors.newCachedThreadPool();
        for (HandshakeCell cell : cells.all()) {
            System.out.println(cell.play(threads));
        }
        threads.shutdown();
        System.out.println("done");
    }

    private static void add(CellTable cells, CellPki pki) throws GeneralSecurityException, IOException {
        cells.add("plain", () -> server(pki), pki::goodClient);
        for (String suite : SUITES_12) {
            cells.add("suite", CellTable.TLS12, () -> server(pki).suites(suite), pki::goodClient);
        }
        for (String suite : SUITES_13) {
            cells.add("suite", CellTable.TLS13, () -> server(pki).suites(suite), pki::goodClient);
        }
        // The client supports both versions, and the server chooses.
        cells.add("versions", () -> server(pki), () -> pki.goodClient().protocols(CellTable.TLS12, CellTable.TLS13));
        cells.add(
                "client-auth",
                () -> server(pki).needsClientCertificate(),
                () -> pki.goodClient().shows(pki.clientCertificate));
        cells.add("client-auth-wanted", () -> server(pki).with(it -> it.setWantClientAuth(true)), pki::goodClient);
        cells.add(
                "alpn",
                () -> server(pki).with(HealthyCells::alpn),
                () -> pki.goodClient().with(HealthyCells::alpn));
        cells.add(
                "sni",
                () -> server(pki)
                        .with(it -> it.setSNIMatchers(
                                Collections.singletonList(SNIHostName.createSNIMatcher(".*\\.cells\\.test")))),
                pki::goodClient);
        sessions(cells, pki);
        cells.add(
                "much-data",
                () -> server(pki).then((connection, line) -> echo(connection)),
                () -> pki.goodClient().then((connection, line) -> ask(connection, MUCH)));
        cells.add(
                "renegotiation",
                CellTable.TLS12,
                () -> server(pki),
                () -> pki.goodClient().then((connection, line) -> {
                    connection.handshake();
                    ask(connection, 1);
                }));
        closes(cells, pki);
    }

    private static void sessions(CellTable cells, CellPki pki) throws GeneralSecurityException, IOException {
        for (String version : CellTable.BOTH) {
            SSLContext client = pki.goodClient().context();
            SSLContext server = server(pki).context();
            cells.add(
                    "resumption",
                    version,
                    () -> JsseParty.server().in(server),
                    () -> resuming(pki, client, server, version));
            SSLContext forgetful = server(pki).context();
            cells.add(
                    "session-forgotten-by-server",
                    version,
                    () -> server(pki),
                    () -> resuming(pki, pki.goodClient().context(), forgetful, version));
            cells.add(
                    "session-invalidated",
                    version,
                    () -> server(pki),
                    () -> pki.goodClient().then((connection, line) -> {
                        connection.session().invalidate();
                        ask(connection, 1);
                    }));
            SSLContext brief = pki.goodClient().context();
            brief.getClientSessionContext().setSessionTimeout(1);
            cells.add(
                    "session-timeout",
                    version,
                    () -> server(pki),
                    () -> pki.goodClient().in(brief).orProtocols(version));
        }
    }

    private static void closes(CellTable cells, CellPki pki) throws GeneralSecurityException, IOException {
        // The server sends close_notify first; in all other cells the client does.
        cells.add(
                "server-closes",
                () -> server(pki).then((connection, line) -> {
                    connection.input().read();
                    connection.output().write('!');
                }),
                () -> pki.goodClient().then((connection, line) -> {
                    ask(connection, 1);
                    connection.input().read();
                }));
        cells.add(
                "no-data",
                () -> server(pki).then((connection, line) -> connection.input().read()),
                () -> pki.goodClient().then((connection, line) -> {}));
        // If the stream ends after the handshake, a socket closes without an exception (SSLSocketImpl.handleEOF).
        for (String version : CellTable.BOTH) {
            cells.add(
                    "closes-without-notify",
                    version,
                    HandshakeCell.SOCKET,
                    () -> server(pki),
                    () -> pki.goodClient().then((connection, line) -> {
                        ask(connection, 1);
                        line.socket().shutdownOutput();
                        LostCells.drain(line);
                    }));
        }
        cells.add(
                "one-way",
                () -> server(pki).then((connection, line) -> {
                    while (connection.input().read() >= 0) {
                        // until the client's close_notify
                    }
                }),
                () -> pki.goodClient()
                        .then((connection, line) -> connection.output().write(new byte[1000])));
    }

    private static Party resuming(CellPki pki, SSLContext client, SSLContext server, String version)
            throws GeneralSecurityException, IOException {
        JsseParty party = pki.goodClient().in(client).orProtocols(version);
        return line -> {
            ResumableSession.make(client, server, version, line);
            party.play(line);
        };
    }

    private static JsseParty server(CellPki pki) throws GeneralSecurityException, IOException {
        return JsseParty.server().keys(pki.serverKeys()).trusts(pki.anchor());
    }

    private static void ask(TlsConnection connection, int bytes) throws IOException {
        byte[] question = new byte[bytes];
        question[bytes - 1] = '?';
        connection.output().write(question);
        if (connection.input().read() != '!') {
            throw new IOException("no answer");
        }
    }

    private static void echo(TlsConnection connection) throws IOException {
        int read = 0;
        while (read != '?') {
            read = connection.input().read();
        }
        connection.output().write('!');
        connection.input().read();
    }

    /** SSLParameters.setApplicationProtocols, which is newer than the oldest JDK 8. */
    private static void alpn(SSLParameters parameters) {
        try {
            Method set = SSLParameters.class.getMethod("setApplicationProtocols", String[].class);
            set.invoke(parameters, (Object) new String[] {"h2", "http/1.1"});
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JDK has no ALPN", e);
        }
    }
}
