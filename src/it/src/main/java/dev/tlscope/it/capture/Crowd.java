package dev.tlscope.it.capture;

import dev.tlscope.demo.Threads;
import dev.tlscope.demo.pki.PkiDirectory;
import dev.tlscope.demo.tls.Http;
import dev.tlscope.demo.tls.TlsContexts;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Paths;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * {@code Crowd PKI-DIR COUNT}: that many simultaneous connections in one JVM, in each of these ways: {@code sockets}
 * with a thread for each end; {@code interrupted}, the same with the client's threads interrupted before and in the
 * handshake; {@code virtual}, on virtual threads; {@code engines}, whose delegated tasks run on other threads. The
 * client names its server {@code WAY-NUMBER.crowd.test}. Prints {@code WAY clients COUNT servers COUNT}, the numbers of
 * completed handshakes, or {@code WAY na}.
 */
final class Crowd {
    private static final int TIMEOUT_MILLIS = 60_000;

    private final SSLContext clientContext;
    private final SSLContext serverContext;
    private final int count;

    private Crowd(PkiDirectory pki, int count) throws GeneralSecurityException, IOException {
        this.clientContext = TlsContexts.of(pki.root());
        this.serverContext = TlsContexts.of(pki.root(), pki.identity("server-rsa"), pki.identity("server-ec"));
        this.count = count;
    }

    public static void main(String[] line) throws Exception {
        Crowd crowd = new Crowd(new PkiDirectory(Paths.get(line[0])), Integer.parseInt(line[1]));
        crowd.sockets("sockets", Executors.newCachedThreadPool(), false);
        crowd.sockets("interrupted", Executors.newCachedThreadPool(), true);
        try {
            ExecutorService virtual = (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
            crowd.sockets("virtual", virtual, false);
        } catch (NoSuchMethodException | InvocationTargetException before21) {
            System.out.println("virtual na");
        }
        crowd.engines("engines");
        System.out.println("done");
    }

    private void sockets(String way, ExecutorService threads, boolean interrupt) throws Exception {
        List<Future<Boolean>> clients = new ArrayList<>();
        List<Future<Boolean>> servers = new ArrayList<>();
        CountDownLatch ready = new CountDownLatch(2 * count);
        try (ServerSocket listener = new ServerSocket(0, count, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < count; i++) {
                Socket connecting = new Socket(listener.getInetAddress(), listener.getLocalPort());
                SSLSocket client = over(clientContext, connecting, host(way, i), parameters(way, i));
                Socket accepted = listener.accept();
                SSLSocket server = over(serverContext, accepted, "client.crowd.test", null);
                clients.add(threads.submit(() -> client(client, ready, interrupt)));
                servers.add(threads.submit(() -> server(server, ready)));
            }
            System.out.println(way + " clients " + good(clients) + " servers " + good(servers));
        } finally {
            threads.shutdownNow();
        }
    }

    /**
     * A handshake over sockets continues after an interrupt, and leaves the thread's interrupt flag set for the
     * application.
     */
    private static boolean client(SSLSocket socket, CountDownLatch ready, boolean interrupt) throws Exception {
        ready.countDown();
        ready.await();
        if (interrupt) {
            Thread.currentThread().interrupt();
        }
        try {
            socket.startHandshake();
            if (interrupt && !Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("the thread's interrupt is lost");
            }
            socket.getOutputStream().write(CellText.request());
            Http.readAnswer(socket.getInputStream());
            socket.shutdownOutput();
            while (socket.getInputStream().read() >= 0) {
                // until the server's close_notify
            }
            return true;
        } finally {
            socket.close();
            Thread.interrupted();
        }
    }

    private static boolean server(SSLSocket socket, CountDownLatch ready) throws Exception {
        ready.countDown();
        ready.await();
        socket.startHandshake();
        Http.readHead(socket.getInputStream());
        socket.getOutputStream().write(CellText.response(100));
        while (socket.getInputStream().read() >= 0) {
            // until the client's close_notify
        }
        socket.close();
        return true;
    }

    private void engines(String way) throws Exception {
        ExecutorService tasks = Threads.pool("task", 4);
        ExecutorService drivers = Threads.pool("driver", 16);
        List<Future<Boolean>> pairs = new ArrayList<>();
        List<EnginePair> begun = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            SSLEngine client = clientContext.createSSLEngine(host(way, i), 443);
            client.setUseClientMode(true);
            client.setSSLParameters(parameters(way, i));
            SSLEngine server = serverContext.createSSLEngine("client.crowd.test", 443);
            server.setUseClientMode(false);
            EnginePair pair = new EnginePair(client, server, false, i % 3 == 0);
            pair.runTasksOn(tasks);
            begun.add(pair);
        }
        for (EnginePair pair : begun) {
            pairs.add(drivers.submit((Callable<Boolean>) () -> {
                pair.handshake();
                pair.exchange(100);
                pair.close();
                return true;
            }));
        }
        long good = good(pairs);
        System.out.println(way + " clients " + good + " servers " + good);
        tasks.shutdown();
        drivers.shutdown();
    }

    private static long good(List<Future<Boolean>> ends) throws InterruptedException {
        long good = 0;
        for (Future<Boolean> end : ends) {
            try {
                good += end.get() ? 1 : 0;
            } catch (ExecutionException e) {
                System.out.println("failed " + e.getCause());
            }
        }
        return good;
    }

    private static String host(String way, int number) {
        return way + "-" + number + ".crowd.test";
    }

    /** Half of them TLS 1.3. */
    private SSLParameters parameters(String way, int number) {
        SSLParameters parameters = clientContext.getDefaultSSLParameters();
        parameters.setProtocols(new String[] {number % 2 == 0 ? "TLSv1.3" : "TLSv1.2"});
        parameters.setServerNames(Collections.singletonList(new SNIHostName(host(way, number))));
        return parameters;
    }

    private static SSLSocket over(SSLContext context, Socket connected, String host, @Nullable SSLParameters client)
            throws IOException {
        connected.setTcpNoDelay(true);
        connected.setSoTimeout(TIMEOUT_MILLIS);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(connected, host, 443, true);
        socket.setUseClientMode(client != null);
        if (client != null) {
            socket.setSSLParameters(client);
        }
        return socket;
    }
}
