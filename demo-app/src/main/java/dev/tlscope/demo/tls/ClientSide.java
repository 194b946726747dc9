package dev.tlscope.demo.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Collections;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * The client's configuration for handshakes. It has one context, so connections to the same server resume its sessions.
 */
public final class ClientSide {
    private static final int TIMEOUT_MILLIS = 10_000;

    private final SSLContext context;
    private final Offer offer;
    /** A name to send that JSSE would not send by itself: it leaves out names without a dot. */
    private final @Nullable String serverNameIndication;

    public ClientSide(SSLContext context, Offer offer, @Nullable String serverNameIndication) {
        this.context = context;
        this.offer = offer;
        this.serverNameIndication = serverNameIndication;
    }

    /**
     * Connects; the caller starts the handshake. The client checks the server's certificate against the name, not the
     * address, and sends the name to the server if it is a DNS name (RFC 6066, 3).
     */
    public TlsConnection connect(Transport transport, InetSocketAddress address, String serverName) throws IOException {
        if (transport == Transport.ENGINE) {
            SocketChannel channel = SocketChannel.open(address);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            return new EngineChannel(channel, engine(serverName, address.getPort()), TIMEOUT_MILLIS);
        }
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket();
        socket.setSSLParameters(adjusted(socket.getSSLParameters()));
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        // No DNS has the demo's names; an address object with a name passes the name to JSSE.
        InetAddress named =
                InetAddress.getByAddress(serverName, address.getAddress().getAddress());
        try {
            socket.connect(new InetSocketAddress(named, address.getPort()), TIMEOUT_MILLIS);
            return new SocketConnection(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** An engine for a connection to this server. */
    public SSLEngine engine(String serverName, int port) {
        SSLEngine engine = context.createSSLEngine(serverName, port);
        engine.setUseClientMode(true);
        engine.setSSLParameters(adjusted(engine.getSSLParameters()));
        return engine;
    }

    private SSLParameters adjusted(SSLParameters parameters) {
        offer.applyTo(parameters);
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (serverNameIndication != null) {
            parameters.setServerNames(Collections.singletonList(new SNIHostName(serverNameIndication)));
        }
        return parameters;
    }
}
