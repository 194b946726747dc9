package dev.tlscope.demo.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** The server's configuration for handshakes, for each way in which applications use JSSE. */
public final class ServerSide {
    /** Whether a server requests client certificates. */
    public enum ClientAuth {
        NONE,
        WANT,
        NEED
    }

    private static final int BACKLOG = 50;

    private final SSLContext context;
    private final Offer offer;
    private final ClientAuth clientAuth;

    public ServerSide(SSLContext context, Offer offer, ClientAuth clientAuth) {
        this.context = context;
        this.offer = offer;
        this.clientAuth = clientAuth;
    }

    /** 127.0.0.1 with this port, 0 for any free one: the service is not for other machines. */
    public static InetSocketAddress loopback(int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1}), port);
    }

    /** A listener that creates SSLSockets itself. */
    public SSLServerSocket listen(int port) throws IOException {
        SSLServerSocket listener = (SSLServerSocket) context.getServerSocketFactory()
                .createServerSocket(port, BACKLOG, loopback(port).getAddress());
        listener.setSSLParameters(adjusted(listener.getSSLParameters()));
        return listener;
    }

    /** TLS over a connection that was already accepted. */
    public SSLSocket over(Socket accepted) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(accepted, null, true);
        socket.setUseClientMode(false);
        socket.setSSLParameters(adjusted(socket.getSSLParameters()));
        return socket;
    }

    /** An engine for a connection from this peer. */
    public SSLEngine engine(InetSocketAddress peer) {
        SSLEngine engine = context.createSSLEngine(peer.getHostString(), peer.getPort());
        engine.setUseClientMode(false);
        engine.setSSLParameters(adjusted(engine.getSSLParameters()));
        return engine;
    }

    private SSLParameters adjusted(SSLParameters parameters) {
        offer.applyTo(parameters);
        // The setters of SSLParameters exclude each other: the last call takes effect.
        if (clientAuth == ClientAuth.NEED) {
            parameters.setNeedClientAuth(true);
        } else {
            parameters.setWantClientAuth(clientAuth == ClientAuth.WANT);
        }
        return parameters;
    }
}
