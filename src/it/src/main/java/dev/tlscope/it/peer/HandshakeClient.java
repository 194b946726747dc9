package dev.tlscope.it.peer;

import dev.tlscope.demo.cli.Arguments;
import dev.tlscope.demo.cli.UsageException;
import dev.tlscope.demo.pki.Identity;
import dev.tlscope.demo.pki.PkiDirectory;
import dev.tlscope.demo.tls.ClientSide;
import dev.tlscope.demo.tls.Http;
import dev.tlscope.demo.tls.Offer;
import dev.tlscope.demo.tls.Outcome;
import dev.tlscope.demo.tls.TlsConnection;
import dev.tlscope.demo.tls.TlsContexts;
import dev.tlscope.demo.tls.Transport;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Paths;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * A minimal TLS client: performs a number of handshakes with one GET each, one after the other, and prints a line for
 * each.
 */
final class HandshakeClient {
    private static final List<String> OPTIONS = Arrays.asList(
            "--transport",
            "--connect",
            "--protocols",
            "--suites",
            "--count",
            "--sni",
            "--pki",
            "--client-cert",
            "--resume",
            "--pieces");
    private static final String HOLD = "--hold-stdin";

    private final Transport transport;
    private final InetSocketAddress address;
    private final String serverName;
    private final @Nullable String sni;
    private final Offer offer;
    private final PkiDirectory pki;
    private final boolean clientCertificate;
    private final int pieces;

    private HandshakeClient(Arguments arguments) {
        transport = Transport.of(arguments.choice("--transport", Transport.names()));
        String connect = arguments.required("--connect");
        int colon = connect.lastIndexOf(':');
        if (colon < 1) {
            throw new UsageException("--connect wants HOST:PORT, not " + connect);
        }
        String host = connect.substring(0, colon);
        address = new InetSocketAddress(host, Arguments.number("--connect", connect.substring(colon + 1), 1, 65_535));
        if (address.isUnresolved()) {
            throw new UsageException("--connect: no address is known for " + host);
        }
        sni = arguments.value("--sni");
        serverName = sni == null ? host : sni;
        offer = Offer.parse(arguments.value("--protocols"), arguments.value("--suites"));
        pki = new PkiDirectory(Paths.get(arguments.required("--pki")));
        pieces = arguments.number("--pieces", 1, 1, Pieces.MOST);
        clientCertificate = arguments.yes("--client-cert", false);
    }

    public static void main(String[] line) throws Exception {
        try {
            Arguments arguments = Arguments.parse(line, OPTIONS, Collections.singletonList(HOLD));
            int count = arguments.number("--count", 1, 1, Integer.MAX_VALUE);
            boolean resume = arguments.yes("--resume", false);
            new HandshakeClient(arguments).run(count, resume, arguments.flag(HOLD));
        } catch (UsageException e) {
            System.err.println("HandshakeClient: " + e.getMessage());
            System.exit(2);
        }
    }

    private void run(int count, boolean resume, boolean hold) throws GeneralSecurityException, IOException {
        BufferedReader stdin = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        ClientSide side = newSide();
        for (int i = 0; i < count; i++) {
            if (hold && stdin.readLine() == null) {
                return;
            }
            // The context holds the sessions: a new one has none to resume.
            if (!resume && i > 0) {
                side = newSide();
            }
            System.out.println(handshake(side));
        }
    }

    private ClientSide newSide() throws GeneralSecurityException, IOException {
        Identity[] identities = clientCertificate ? new Identity[] {pki.identity("client")} : new Identity[0];
        return new ClientSide(TlsContexts.of(pki.root(), identities), offer, sni);
    }

    private String handshake(ClientSide side) {
        try (TlsConnection connection = side.connect(transport, address, serverName)) {
            connection.handshake();
            SSLSession session = connection.session();
            Pieces.write(connection.output(), Http.get(serverName, "/", false), pieces);
            Http.readAnswer(new BufferedInputStream(connection.input()));
            return Outcome.ok(session);
        } catch (IOException | RuntimeException e) {
            return Outcome.failed(e);
        }
    }
}
