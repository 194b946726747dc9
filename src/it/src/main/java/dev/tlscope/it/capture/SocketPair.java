package dev.tlscope.it.capture;

import dev.tlscope.demo.Threads;
import dev.tlscope.demo.tls.Http;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** A client's and a server's SSLSocket over loopback, with the server on its own thread. */
final class SocketPair implements CellConnection {
    private static final int PATIENCE_SECONDS = 30;

    private final ExecutorService pool = Threads.pool("cell-server", 1);
    private final BitTurner wire = new BitTurner();
    private final SSLSocket client;
    private final SSLSocket server;

    /** @param listener stays open, because a client looks up a session to resume by host and port */
    SocketPair(
            ServerSocket listener,
            SSLContext clientContext,
            SSLContext serverContext,
            String host,
            SSLParameters offer,
            SSLParameters terms)
            throws IOException {
        wire.connect(new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort()));
        server = over(serverContext.getSocketFactory(), listener.accept(), host);
        client = over(clientContext.getSocketFactory(), wire, host);
        client.setSSLParameters(offer);
        server.setUseClientMode(false);
        server.setSSLParameters(terms);
    }

    @Override
    public void handshake() throws IOException {
        Future<?> serving = pool.submit(() -> {
            server.startHandshake();
            return 0;
        });
        client.startHandshake();
        await(serving);
    }

    @Override
    public void handshakeAgain(boolean byServer) throws IOException {
        (byServer ? server : client).startHandshake();
        // Either side reads the other's handshake messages while it reads application data. A request, a response and
        // another request carry the three flights that follow the first.
        for (int i = 0; i < 3; i++) {
            exchange(10);
        }
    }

    @Override
    public void exchange(int size) throws IOException {
        Future<?> serving = pool.submit((Callable<Integer>) () -> {
            Http.readHead(server.getInputStream());
            server.getOutputStream().write(CellText.response(size));
            return 0;
        });
        client.getOutputStream().write(CellText.request());
        Http.readAnswer(client.getInputStream());
        await(serving);
    }

    @Override
    public void corrupt() throws IOException {
        wire.turnNext();
        client.getOutputStream().write(CellText.request());
        boolean taken = true;
        try {
            Http.readHead(server.getInputStream());
        } catch (SSLException expected) {
            taken = false;
        }
        try {
            taken |= client.getInputStream().read() >= 0;
        } catch (IOException theAlert) {
            // a reset may have arrived before the alert
        }
        if (taken) {
            throw new SSLException("the corrupted record was taken");
        }
    }

    /** Both sides read the other's close_notify; a close without that leaves it unread in the client. */
    @Override
    public void close() throws IOException {
        Future<?> closing = pool.submit(() -> {
            readToEnd(server);
            server.close();
            return 0;
        });
        if (!client.isClosed()) {
            client.shutdownOutput();
            readToEnd(client);
        }
        client.close();
        await(closing);
        pool.shutdownNow();
    }

    private static void readToEnd(SSLSocket socket) {
        try {
            while (socket.getInputStream().read() >= 0) {
                // until the peer's close_notify
            }
        } catch (IOException failed) {
            // the connection is closed, and nothing remains to be sent
        }
    }

    private static SSLSocket over(SSLSocketFactory factory, Socket connected, String host) throws IOException {
        connected.setSoTimeout(PATIENCE_SECONDS * 1000);
        connected.setTcpNoDelay(true);
        return (SSLSocket) factory.createSocket(connected, host, 443, true);
    }

    private static void await(Future<?> serving) throws IOException {
        try {
            serving.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new SSLException("server: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new SSLException("the server does not end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SSLException(e);
        }
    }

    /** A TCP connection that flips one bit of the next write. */
    private static final class BitTurner extends Socket {
        private volatile boolean armed;

        void turnNext() {
            armed = true;
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new FilterOutputStream(super.getOutputStream()) {
                @Override
                public void write(byte[] source, int offset, int length) throws IOException {
                    byte[] sent = new byte[length];
                    System.arraycopy(source, offset, sent, 0, length);
                    if (armed) {
                        armed = false;
                        sent[length / 2] ^= 1;
                    }
                    out.write(sent, 0, length);
                }
            };
        }
    }
}
