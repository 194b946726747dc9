package dev.tlscope.it.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * SSLSockets that end a completed exchange without close_notify: the TCP socket below is closed, reset, closed by
 * another thread during a read, or read until a timeout.
 */
final class AbruptClients {
    private static final byte[] GET = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private AbruptClients() {}

    static void callAll(Calls calls, int port) throws Exception {
        SSLContext context = calls.context();
        for (String protocol : new String[] {"TLSv1.2", "TLSv1.3"}) {
            for (String way : new String[] {"close", "reset", "own close", "timeout"}) {
                try (Socket below = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    SSLSocket socket =
                            (SSLSocket) context.getSocketFactory().createSocket(below, "localhost", port, false);
                    socket.setEnabledProtocols(new String[] {protocol});
                    socket.getOutputStream().write(GET);
                    read(socket.getInputStream());
                    leave(way, below, socket);
                }
            }
        }
    }

    /** A client without trust anchors: the one handshake that fails. */
    static void distrust(int port) throws GeneralSecurityException, IOException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(HealthyClients.empty());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
            System.out.println("refuses 127.0.0.1:" + socket.getLocalPort());
            try {
                socket.startHandshake();
                throw new IllegalStateException("nobody was trusted, and the handshake completed");
            } catch (SSLException refused) {
                // expected
            }
        }
    }

    private static void leave(String way, Socket below, SSLSocket socket) throws Exception {
        switch (way) {
            case "reset" -> below.setSoLinger(true, 0);
            case "own close" -> {
                Thread reader = new Thread(() -> readOn(socket));
                reader.start();
                while (reader.getState() == Thread.State.NEW) {
                    Thread.onSpinWait();
                }
                below.close();
                reader.join();
            }
            case "timeout" -> {
                socket.setSoTimeout(10);
                readOn(socket);
            }
            default -> {
                // the caller closes
            }
        }
    }

    private static void readOn(SSLSocket socket) {
        try {
            while (socket.getInputStream().read() >= 0) {
                // ignore the rest of the answer
            }
        } catch (InterruptedIOException timeout) {
            // expected
        } catch (IOException closed) {
            // this side closed it, or the server did meanwhile
        }
    }

    /** Reads the answer's head and the available part of its body. */
    private static void read(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no answer: " + head);
            }
            head.append((char) next);
        }
    }
}
