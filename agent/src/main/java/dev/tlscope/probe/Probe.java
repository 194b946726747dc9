package dev.tlscope.probe;

import dev.tlscope.transport.Destination;
import dev.tlscope.transport.NoTransportException;
import dev.tlscope.transport.TcpTransport;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/**
 * Connects as often as the settings say, one after the other, each time with a session of its own. It writes a line for each step: a word,
 * the connection's number and values, with tabs between; the capture has everything else.
 */
public final class Probe {
    private static final int LEAST_LISTEN_MILLIS = 250;
    private static final int MOST_LISTEN_MILLIS = 2000;

    private final ProbeSettings settings;
    private final PrintWriter out;

    /** @param out receives the lines, each at once */
    public Probe(Properties settings, PrintWriter out) {
        this.settings = new ProbeSettings(settings);
        this.out = out;
    }

    /** Connects. Whether a connection or a handshake failed shows in the lines. */
    public void run() {
        Destination to = settings.destination();
        int count = settings.count();
        int[] turn = {0};
        TcpTransport transport = new TcpTransport(to, line -> tell("said", turn[0], line));
        for (; turn[0] < count; turn[0]++) {
            try {
                // a session of one connection must not be resumed in the next, which may reach another server
                SSLContext context = new ProbeContext(settings).make();
                connect(context, transport, turn[0]);
            } catch (NoTransportException e) {
                tell("unreached", turn[0], String.valueOf(e.getMessage()));
            } catch (GeneralSecurityException | IOException | RuntimeException | LinkageError e) {
                // JSSE reads properties when its classes are initialized, and their mistakes are errors
                tell("unusable", turn[0], "the JDK cannot use these settings: " + root(e));
                return;
            }
        }
    }

    private void connect(SSLContext context, TcpTransport transport, int turn) throws IOException {
        long start = System.nanoTime();
        try (Socket socket = transport.open(turn)) {
            InetSocketAddress peer = (InetSocketAddress) socket.getRemoteSocketAddress();
            tell(
                    "connected",
                    turn,
                    peer.getAddress().getHostAddress()
                            + '\t'
                            + peer.getPort()
                            + '\t'
                            + socket.getLocalPort()
                            + '\t'
                            + (System.nanoTime() - start));
            Destination to = settings.destination();
            try (SSLSocket tls =
                    (SSLSocket) context.getSocketFactory().createSocket(socket, to.host(), to.port(), true)) {
                settings.apply(tls);
                handshake(tls, turn);
            }
        }
    }

    private void handshake(SSLSocket tls, int turn) {
        long start = System.nanoTime();
        try {
            tls.startHandshake();
            SSLSession session = tls.getSession();
            if (session.getProtocol().equals("TLSv1.3")) {
                listen(tls, (int) ((System.nanoTime() - start) / 1_000_000));
            }
            tell("completed", turn, session.getProtocol() + '\t' + session.getCipherSuite());
        } catch (IOException | RuntimeException e) {
            tell("failed", turn, text(e));
        }
    }

    /**
     * In TLS 1.3 a client completes before the server has checked its certificate (RFC 8446, 4.4.4): an alert about it comes with the first
     * read.
     */
    private static void listen(SSLSocket tls, int handshakeMillis) throws IOException {
        tls.setSoTimeout(Math.min(MOST_LISTEN_MILLIS, Math.max(LEAST_LISTEN_MILLIS, 3 * handshakeMillis)));
        try {
            tls.getInputStream().read();
        } catch (SocketTimeoutException | EOFException e) {
            // a server of HTTP waits for the request
        }
    }

    /** The innermost message. */
    private static String root(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return message == null ? root.toString() : message;
    }

    private static String text(Exception e) {
        return e.getClass().getName() + ": " + e.getMessage();
    }

    private void tell(String word, int turn, String values) {
        out.println(word + '\t' + turn + '\t' + values.replace('\n', ' ').replace('\r', ' '));
        out.flush();
    }
}
