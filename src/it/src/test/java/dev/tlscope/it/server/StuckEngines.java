package dev.tlscope.it.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * {@code StuckEngines PKI-DIR}: clients that drive an SSLEngine, stop at a delegated task, and close their socket. The task is never asked
 * for ({@code due}), taken and not run ({@code taken}), or hangs in the trust manager ({@code running}). Prints {@code WAY PORT} of each. It
 * uses no other class and only Java 8, for its test compiles it for old JDKs too.
 */
public final class StuckEngines {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private StuckEngines() {}

    public static void main(String[] line) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(load(line[0]), PASSWORD);
        context.init(keys.getKeyManagers(), null, null);
        for (String way : new String[] {"due", "taken", "running"}) {
            SSLServerSocket listener = (SSLServerSocket) context.getServerSocketFactory()
                    .createServerSocket(0, 5, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
            Thread server = new Thread(() -> serve(listener));
            server.start();
            System.out.println(way + " " + listener.getLocalPort());
            stop(way, listener.getLocalPort());
            listener.close();
            server.join();
        }
        System.out.println("done");
        System.exit(0);
    }

    private static void stop(String way, int port) throws Exception {
        HangingTrust trust = new HangingTrust();
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {trust}, null);
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(true);
        // TLS 1.3 would want a wrap between the task of the ServerHello and the one that judges the certificate
        engine.setEnabledProtocols(new String[] {"TLSv1.2"});
        try (SocketChannel channel =
                SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
            ByteBuffer in = ByteBuffer.allocate(1 << 16);
            ByteBuffer out = ByteBuffer.allocate(1 << 16);
            engine.beginHandshake();
            while (engine.getHandshakeStatus() != HandshakeStatus.NEED_TASK) {
                if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                    out.clear();
                    engine.wrap(ByteBuffer.allocate(0), out);
                    out.flip();
                    while (out.hasRemaining()) {
                        channel.write(out);
                    }
                } else if (in.position() == 0 || !unwrap(engine, in)) {
                    if (channel.read(in) < 0) {
                        throw new IOException("the server closed");
                    }
                }
            }
            if (way.equals("taken")) {
                engine.getDelegatedTask();
            } else if (way.equals("running")) {
                runUntilItHangs(engine, channel, in, trust);
            }
        }
        trust.release.countDown();
    }

    /**
     * Runs tasks on a separate thread while the engine receives the messages of the server's flight, until one hangs.
     */
    private static void runUntilItHangs(SSLEngine engine, SocketChannel channel, ByteBuffer in, HangingTrust trust)
            throws InterruptedException {
        Thread tasks = new Thread(
                () -> {
                    try {
                        while (true) {
                            Runnable task = engine.getDelegatedTask();
                            if (task != null) {
                                task.run();
                            } else if ((in.position() == 0 || !unwrap(engine, in)) && channel.read(in) < 0) {
                                return;
                            }
                        }
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                },
                "tasks");
        tasks.setDaemon(true);
        tasks.start();
        trust.asked.await();
    }

    /** Returns false when the engine needs more bytes. */
    private static boolean unwrap(SSLEngine engine, ByteBuffer in) throws IOException {
        in.flip();
        int before = in.remaining();
        engine.unwrap(in, ByteBuffer.allocate(1 << 16));
        boolean progress = in.remaining() < before || engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK;
        in.compact();
        return progress;
    }

    private static void serve(SSLServerSocket listener) {
        while (true) {
            try (SSLSocket socket = (SSLSocket) listener.accept()) {
                socket.getInputStream().read();
            } catch (IOException e) {
                if (listener.isClosed()) {
                    return;
                }
            }
        }
    }

    private static KeyStore load(String pki) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(Paths.get(pki, "server-rsa.p12"))) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    /** Blocks in the check of the certificate as long as the client waits. */
    private static final class HangingTrust implements X509TrustManager {
        final CountDownLatch asked = new CountDownLatch(1);
        final CountDownLatch release = new CountDownLatch(1);

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw new IllegalStateException("no client is asked");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            asked.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
