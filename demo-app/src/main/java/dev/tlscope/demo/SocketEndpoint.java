package dev.tlscope.demo;

import dev.tlscope.demo.tls.Http;
import dev.tlscope.demo.tls.Transport;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;

/**
 * An endpoint with a thread for each connection: one thread accepts connections, and a pool answers requests until the
 * client sends no more.
 */
final class SocketEndpoint implements ServiceEndpoint {
    private static final int IDLE_MILLIS = 30_000;

    private final String name;
    private final ServerSocket listener;
    private final Securing securing;
    private final ExecutorService workers;
    private final AtomicInteger requests = new AtomicInteger();

    /** Turns an accepted connection into a TLS connection; the handshake comes later, on the worker's thread. */
    interface Securing {
        SSLSocket secure(Socket accepted) throws IOException;
    }

    private SocketEndpoint(String name, ServerSocket listener, Securing securing) {
        this.name = name;
        this.listener = listener;
        this.securing = securing;
        this.workers = Threads.pool(name, 16);
    }

    static SocketEndpoint start(String name, ServerSocket listener, Securing securing) {
        SocketEndpoint endpoint = new SocketEndpoint(name, listener, securing);
        Threads.daemon(name + "-acceptor", endpoint::accept).start();
        return endpoint;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Transport transport() {
        return Transport.SOCKET;
    }

    @Override
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        workers.shutdownNow();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket accepted = listener.accept();
                accepted.setSoTimeout(IDLE_MILLIS);
                workers.execute(() -> serve(accepted));
            } catch (IOException | RuntimeException e) {
                // The listener was closed, or a client closed its connection before it was accepted: the loop's
                // condition decides.
            }
        }
    }

    private void serve(Socket accepted) {
        try (SSLSocket socket = securing.secure(accepted)) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            boolean more = true;
            while (more) {
                // The first read starts the handshake, as in most servers.
                String head = Http.readHead(in);
                more = Http.keepsAlive(head);
                if (head.isEmpty()) {
                    return;
                }
                String body = "{\"endpoint\":\"" + name + "\",\"request\":" + requests.incrementAndGet() + "}";
                socket.getOutputStream().write(Http.ok(body, more));
            }
        } catch (IOException | RuntimeException e) {
            // The failure is not logged, as in many production services: tlscope is for these.
        }
    }
}
