package dev.tlscope.demo;

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
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.function.Consumer;

/**
 * The service's own clients, which keep its JSSE loaded, compiled and busy. Each client sends a few requests on a connection,
 * resumes the session in the next one, and starts with a new context after a round of all endpoints. Clients with odd numbers use
 * SSLEngine.
 */
final class Traffic {
    /** Of all clients together, whatever their number: few enough to leave the CPU idle. */
    private static final int REQUESTS_PER_SECOND = 15;

    private static final int REQUESTS_PER_CONNECTION = 4;
    /** The first connection performs a full handshake, the others resume its session. */
    private static final int CONNECTIONS_PER_ENDPOINT = 3;

    private final Pki pki;
    private final Offer offer;
    private final List<ServiceEndpoint> endpoints;
    private final Consumer<String> log;

    /** The log receives one line per connection. */
    Traffic(Pki pki, Offer offer, List<ServiceEndpoint> endpoints, Consumer<String> log) {
        this.pki = pki;
        this.offer = offer;
        this.endpoints = endpoints;
        this.log = log;
    }

    void start(int clients) {
        long pauseMillis = 1000L * clients / REQUESTS_PER_SECOND;
        for (int i = 0; i < clients; i++) {
            int client = i;
            Threads.daemon("client-" + i, () -> run(client, pauseMillis)).start();
        }
    }

    private void run(int client, long pauseMillis) {
        Transport transport = client % 2 == 0 ? Transport.SOCKET : Transport.ENGINE;
        try {
            // Clients start at different times, as those on different machines do.
            Thread.sleep(1000L * client / REQUESTS_PER_SECOND);
            for (int contexts = client / 2; ; contexts++) {
                ClientSide side = newSide(contexts % 2 == 0);
                for (int i = 0; i < endpoints.size() * CONNECTIONS_PER_ENDPOINT; i++) {
                    ServiceEndpoint endpoint =
                            endpoints.get((client + i / CONNECTIONS_PER_ENDPOINT) % endpoints.size());
                    String outcome = connect(side, transport, endpoint, pauseMillis);
                    log.accept("client-" + client + " " + transport + " " + endpoint.name() + " " + outcome);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (GeneralSecurityException | IOException e) {
            log.accept("client-" + client + " ended: " + e);
        }
    }

    private static String connect(ClientSide side, Transport transport, ServiceEndpoint endpoint, long pauseMillis)
            throws InterruptedException {
        String name = Caller.hostName(endpoint);
        try (TlsConnection connection = side.connect(transport, endpoint.address(), name)) {
            connection.handshake();
            InputStream in = new BufferedInputStream(connection.input());
            for (int i = 1; i <= REQUESTS_PER_CONNECTION; i++) {
                connection.output().write(Http.get(name, "/item/" + i, i < REQUESTS_PER_CONNECTION));
                Http.readAnswer(in);
                Thread.sleep(pauseMillis);
            }
            return Outcome.ok(connection.session());
        } catch (IOException | RuntimeException e) {
            Thread.sleep(pauseMillis * REQUESTS_PER_CONNECTION);
            return Outcome.failed(e);
        }
    }

    /** Offers all configured versions, or, like a client without TLS 1.3, only TLS 1.2 if that is configured. */
    private ClientSide newSide(boolean all) throws GeneralSecurityException, IOException {
        Offer offered = all || !offer.fits(Offer.TLS_1_2) ? offer : offer.narrowed(Offer.TLS_1_2, null);
        return new ClientSide(TlsContexts.of(pki.root(), pki.identity("client")), offered, null);
    }
}
