package dev.tlscope.it.server;

import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** {@code JettyServer PKI-DIR}: Jetty's SslConnection over SSLEngine. */
public final class JettyServer {
    private JettyServer() {}

    public static void main(String[] line) throws Exception {
        Calls calls = new Calls(line[0]);
        SslContextFactory.Server ssl = new SslContextFactory.Server();
        ssl.setSslContext(calls.context());
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server, ssl);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.start();
        calls.lose(connector.getLocalPort());
        calls.get(connector.getLocalPort());
        server.stop();
        System.out.println("done");
        System.exit(0);
    }
}
