package dev.tlscope.it.peer;

import dev.tlscope.demo.cli.UsageException;
import dev.tlscope.demo.pki.PkiDirectory;
import dev.tlscope.demo.tls.ClientSide;
import dev.tlscope.demo.tls.Http;
import dev.tlscope.demo.tls.Offer;
import dev.tlscope.demo.tls.Outcome;
import dev.tlscope.demo.tls.TlsConnection;
import dev.tlscope.demo.tls.TlsContexts;
import dev.tlscope.demo.tls.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Paths;
import java.security.GeneralSecurityException;

/**
 * {@code PeerCalls PKI-DIR PORT TRANSPORT/PROTOCOL/SUITE...}: calls another program's server on this machine, with one
 * GET each, one call after the other, and prints a line for each: {@code ok PROTOCOL SUITE}, {@code failed WHY} or
 * {@code na WHY}.
 */
final class PeerCalls {
    private static final String HOST = "localhost";

    private final PkiDirectory pki;
    private final int port;

    private PeerCalls(PkiDirectory pki, int port) {
        this.pki = pki;
        this.port = port;
    }

    public static void main(String[] line) throws Exception {
        PeerCalls calls = new PeerCalls(new PkiDirectory(Paths.get(line[0])), Integer.parseInt(line[1]));
        for (int i = 2; i < line.length; i++) {
            String[] call = line[i].split("/", 3);
            System.out.println(calls.call(Transport.of(call[0]), call[1], call[2]));
        }
    }

    private String call(Transport transport, String protocol, String suite)
            throws GeneralSecurityException, IOException {
        Offer offer;
        try {
            offer = Offer.parse(protocol, suite);
        } catch (UsageException unknown) {
            return "na " + unknown.getMessage();
        }
        ClientSide side = new ClientSide(TlsContexts.of(pki.root(), pki.identity("client")), offer, null);
        try (TlsConnection connection = side.connect(transport, new InetSocketAddress(HOST, port), HOST)) {
            connection.handshake();
            connection.output().write(Http.get(HOST, "/", false));
            InputStream answer = connection.input();
            byte[] block = new byte[4096];
            int length = 0;
            for (int read = answer.read(block); read >= 0; read = answer.read(block)) {
                length += read;
            }
            return length == 0 ? "failed without an answer" : Outcome.ok(connection.session());
        } catch (IOException e) {
            return Outcome.failed(e);
        }
    }
}
