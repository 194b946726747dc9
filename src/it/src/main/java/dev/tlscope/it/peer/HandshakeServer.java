package dev.tlscope.it.peer;

import dev.tlscope.demo.Fault;
import dev.tlscope.demo.cli.Arguments;
import dev.tlscope.demo.cli.UsageException;
import dev.tlscope.demo.pki.Identity;
import dev.tlscope.demo.pki.PkiDirectory;
import dev.tlscope.demo.tls.EngineChannel;
import dev.tlscope.demo.tls.Http;
import dev.tlscope.demo.tls.Offer;
import dev.tlscope.demo.tls.ServerSide;
import dev.tlscope.demo.tls.SocketConnection;
import dev.tlscope.demo.tls.TlsConnection;
import dev.tlscope.demo.tls.TlsContexts;
import dev.tlscope.demo.tls.Transport;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Paths;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** A minimal TLS server: one endpoint, one request for each connection. */
final class HandshakeServer {
    private static final List<String> OPTIONS = Arrays.asList(
            "--transport",
            "--protocols",
            "--suites",
            "--key",
            "--fault",
            "--client-auth",
            "--pki",
            "--connections",
            "--pieces");
    private static final int TIMEOUT_MILLIS = 10_000;

    private final AtomicInteger served = new AtomicInteger();
    private int pieces;
    private final AtomicInteger failed = new AtomicInteger();

    /** Accepts connections, over either transport. */
    private interface Listener {
        TlsConnection accept() throws IOException;
    }

    private HandshakeServer() {}

    public static void main(String[] line) throws Exception {
        try {
            new HandshakeServer().run(Arguments.parse(line, OPTIONS, Collections.emptyList()));
        } catch (UsageException e) {
            System.err.println("HandshakeServer: " + e.getMessage());
            System.exit(2);
        }
    }

    private void run(Arguments arguments) throws GeneralSecurityException, IOException, InterruptedException {
        Transport transport = Transport.of(arguments.choice("--transport", Transport.names()));
        String key = arguments.choice("--key", "rsa", "ec");
        String fault = arguments.choice("--fault", Fault.namesOfCertificateFaults());
        ServerSide.ClientAuth clientAuth = ServerSide.ClientAuth.valueOf(
                arguments.choice("--client-auth", "none", "want", "need").toUpperCase(Locale.ROOT));
        Offer offer = Offer.parse(arguments.value("--protocols"), arguments.value("--suites"));
        int connections = arguments.number("--connections", Integer.MAX_VALUE, 1, Integer.MAX_VALUE);
        pieces = arguments.number("--pieces", 1, 1, Pieces.MOST);
        PkiDirectory pki = new PkiDirectory(Paths.get(arguments.required("--pki")));
        Identity identity = pki.identity(Fault.serverIdentity(fault) + "-" + key);
        ServerSide side = new ServerSide(TlsContexts.of(pki.root(), identity), offer, clientAuth);

        Listener listener = transport == Transport.SOCKET ? sockets(side) : engines(side);
        // Prints the counts even if a test ends this process.
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> System.out.println("served " + served.get() + " failed " + failed.get())));
        ExecutorService workers = Executors.newCachedThreadPool();
        for (int i = 0; i < connections; i++) {
            TlsConnection connection = listener.accept();
            workers.execute(() -> serve(connection));
        }
        workers.shutdown();
        workers.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    }

    private void serve(TlsConnection connection) {
        try {
            connection.handshake();
            String head = Http.readHead(new BufferedInputStream(connection.input()));
            // A client may close right after the handshake; that counts as served.
            if (!head.isEmpty()) {
                Pieces.write(connection.output(), Http.ok("{\"handshake\":\"done\"}", false), pieces);
            }
            served.incrementAndGet();
        } catch (IOException | RuntimeException refused) {
            failed.incrementAndGet();
        }
        try {
            connection.close();
        } catch (IOException gone) {
            // The connection was counted above.
        }
    }

    private static Listener sockets(ServerSide side) throws IOException {
        SSLServerSocket listener = side.listen(0);
        System.out.println("listening " + listener.getLocalPort());
        return () -> {
            SSLSocket socket = (SSLSocket) listener.accept();
            socket.setSoTimeout(TIMEOUT_MILLIS);
            return new SocketConnection(socket);
        };
    }

    private static Listener engines(ServerSide side) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open().bind(ServerSide.loopback(0));
        System.out.println("listening " + listener.socket().getLocalPort());
        return () -> {
            SocketChannel channel = listener.accept();
            SSLEngine engine = side.engine((InetSocketAddress) channel.getRemoteAddress());
            return new EngineChannel(channel, engine, TIMEOUT_MILLIS);
        };
    }
}
