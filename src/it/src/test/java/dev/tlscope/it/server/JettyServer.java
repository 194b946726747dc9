package dev.tlscope.it.server;

import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** {@code JettyServer PKI-DIR}: Jetty's SslConnection over SSLEngine. */
public final class JettyServer implements HttpsService {
    private final Server server = new Server();
    private final ServerConnector connector;

    JettyServer(Calls calls) throws Exception {
        SslContextFactory.Server ssl = new SslContextFactory.Server();
        ssl.setSslContext(calls.context());
        connector = new ServerConnector(server, ssl);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.start();
    }

    public static void main(String[] line) throws Exception {
        Calls calls = new Calls(line[0]);
        HttpsService.serve(calls, new JettyServer(calls));
    }

    @Override
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void stop() throws Exception {
        server.stop();
    }
}
