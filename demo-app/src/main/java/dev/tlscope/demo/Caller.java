package dev.tlscope.demo;

import dev.tlscope.demo.pki.Identity;
import dev.tlscope.demo.pki.Pki;
import dev.tlscope.demo.tls.ClientSide;
import dev.tlscope.demo.tls.Http;
import dev.tlscope.demo.tls.Offer;
import dev.tlscope.demo.tls.Outcome;
import dev.tlscope.demo.tls.TlsConnection;
import dev.tlscope.demo.tls.TlsContexts;
import dev.tlscope.demo.tls.Transport;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Performs single calls to the service's endpoints on request, each with a full handshake. */
final class Caller {
    private static final int TIMEOUT_MILLIS = 10_000;

    private final Pki pki;
    private final Offer offer;
    private final Legacy legacy;

    Caller(Pki pki, Offer offer, Legacy legacy) {
        this.pki = pki;
        this.offer = offer;
        this.legacy = legacy;
    }

    /** One handshake and one GET; the answer is {@code ok PROTOCOL SUITE} or {@code failed EXCEPTION}. */
    String call(ServiceEndpoint endpoint, Transport transport, @Nullable String protocol, @Nullable String suite) {
        Terms terms = endpoint.name().equals("legacy") ? legacy.terms() : new Terms(offer);
        try {
            if (!terms.clientSpeaksTls) {
                return callWithoutTls(endpoint);
            }
            Identity[] identities =
                    terms.clientHasCertificate ? new Identity[] {pki.identity("client")} : new Identity[0];
            // A new context has no session to resume, so every call performs a full handshake.
            ClientSide side = new ClientSide(
                    TlsContexts.of(pki.root(), identities), terms.clientOffer.narrowed(protocol, suite), null);
            return call(side, transport, endpoint);
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            return Outcome.failed(e);
        }
    }

    private static String call(ClientSide side, Transport transport, ServiceEndpoint endpoint) throws IOException {
        String name = hostName(endpoint);
        try (TlsConnection connection = side.connect(transport, endpoint.address(), name)) {
            connection.handshake();
            SSLSession session = connection.session();
            connection.output().write(Http.get(name, "/status", false));
            Http.readAnswer(new BufferedInputStream(connection.input()));
            return Outcome.ok(session);
        }
    }

    /** A request without TLS, as from a health check or a browser with the wrong scheme. */
    private static String callWithoutTls(ServiceEndpoint endpoint) throws IOException {
        try (Socket socket =
                new Socket(endpoint.address().getAddress(), endpoint.address().getPort())) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(Http.get(hostName(endpoint), "/health", false));
            InputStream in = socket.getInputStream();
            int first = in.read();
            String answer = first < 0 ? "nothing" : String.format("a record of type %d, not with HTTP", first);
            return Outcome.failed(new IOException("the plaintext request was answered with " + answer));
        }
    }

    /** The name that the endpoint's certificate is valid for. */
    static String hostName(ServiceEndpoint endpoint) {
        return endpoint.name() + ".demo.internal";
    }
}
