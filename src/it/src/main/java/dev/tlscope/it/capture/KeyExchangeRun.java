package dev.tlscope.it.capture;

import dev.tlscope.demo.cli.Arguments;
import dev.tlscope.demo.pki.PkiDirectory;
import dev.tlscope.demo.tls.Buffers;
import dev.tlscope.demo.tls.ServerSide;
import dev.tlscope.demo.tls.TlsContexts;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.file.Paths;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Makes one TLS connection after the other between a client and a server in this JVM, for the tests of what is
 * captured: every protocol, key exchange and cipher that this JDK has, first in full, then resumed. The server name in
 * the ClientHello is the cell's; a resumed session keeps the name that it began with. Prints {@code cell NAME} for each
 * that was run, {@code absent NAME} for each that this JDK lacks. With {@code --packet-size N} records have at most N
 * bytes if this JDK supports that (9), so that messages take several.
 */
final class KeyExchangeRun {
    private static final String DOMAIN = ".cells.demo.internal";
    private static final int TIMEOUT_MILLIS = 20_000;

    /** Protocol, suite. */
    private static final String[][] SUITES = {
        {"TLSv1", "TLS_RSA_WITH_AES_128_CBC_SHA"},
        {"TLSv1", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"},
        {"TLSv1.1", "TLS_DHE_RSA_WITH_AES_256_CBC_SHA"},
        {"TLSv1.1", "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA"},
        {"TLSv1.2", "TLS_RSA_WITH_AES_128_CBC_SHA256"},
        {"TLSv1.2", "TLS_RSA_WITH_AES_256_GCM_SHA384"},
        {"TLSv1.2", "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256"},
        {"TLSv1.2", "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384"},
        {"TLSv1.2", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"},
        {"TLSv1.2", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"},
        {"TLSv1.3", "TLS_AES_128_GCM_SHA256"},
        {"TLSv1.3", "TLS_AES_256_GCM_SHA384"},
        {"TLSv1.3", "TLS_CHACHA20_POLY1305_SHA256"},
    };
    /** Groups that are set by name in TLS 1.3, if SSLParameters can do that (JDK 20). */
    private static final String[] GROUPS = {"secp256r1", "x25519", "ffdhe2048", "X25519MLKEM768"};

    private final PkiDirectory pki;
    private final int packetSize;
    private final ExecutorService server = Executors.newSingleThreadExecutor();

    private KeyExchangeRun(PkiDirectory pki, int packetSize) {
        this.pki = pki;
        this.packetSize = packetSize;
    }

    public static void main(String[] line) throws Exception {
        Arguments arguments = Arguments.parse(line, Arrays.asList("--pki", "--packet-size"), Collections.emptyList());
        KeyExchangeRun cells = new KeyExchangeRun(
                new PkiDirectory(Paths.get(arguments.required("--pki"))),
                arguments.number("--packet-size", 0, 0, 1 << 16));
        try {
            for (String[] suite : SUITES) {
                cells.run(suite[0], suite[1], "");
            }
            for (String group : GROUPS) {
                cells.run("TLSv1.3", "TLS_AES_128_GCM_SHA256", group);
            }
        } finally {
            cells.server.shutdown();
        }
    }

    private void run(String protocol, String suite, String group) throws Exception {
        String name = (protocol + "-" + suite.replace("TLS_", "") + (group.isEmpty() ? "" : "-" + group))
                .replace('_', '-')
                .replace(".", "")
                .toLowerCase(Locale.ROOT);
        for (boolean sockets : new boolean[] {true, false}) {
            String cell = name + (sockets ? "-socket" : "-engine");
            SSLContext context = TlsContexts.of(pki.root(), pki.identity("server-rsa"));
            if (!has(context, protocol, suite) || !canSet(group)) {
                System.out.println("absent " + cell);
                continue;
            }
            KeyExchangeCase settings = new KeyExchangeCase(protocol, suite, group, packetSize);
            if (sockets) {
                try (SSLServerSocket listener = (SSLServerSocket) context.getServerSocketFactory()
                        .createServerSocket(0, 1, ServerSide.loopback(0).getAddress())) {
                    sockets(context, listener, settings, cell);
                    System.out.println("cell " + cell + "-full");
                    sockets(context, listener, settings, cell);
                    System.out.println("cell " + cell + "-resumed");
                }
            } else {
                engines(context, settings, cell);
                System.out.println("cell " + cell + "-full");
                engines(context, settings, cell);
                System.out.println("cell " + cell + "-resumed");
            }
        }
    }

    private void sockets(SSLContext context, SSLServerSocket listener, KeyExchangeCase cell, String name)
            throws Exception {
        Future<SSLSession> serving = server.submit((Callable<SSLSession>) () -> {
            try (SSLSocket socket = (SSLSocket) listener.accept()) {
                socket.setSoTimeout(TIMEOUT_MILLIS);
                cell.configure(socket.getSSLParameters(), null, socket::setSSLParameters);
                for (int b = socket.getInputStream().read();
                        b >= 0;
                        b = socket.getInputStream().read()) {
                    socket.getOutputStream().write(b);
                }
                return socket.getSession();
            }
        });
        try (SSLSocket socket = (SSLSocket)
                context.getSocketFactory().createSocket(listener.getInetAddress(), listener.getLocalPort())) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            cell.configure(socket.getSSLParameters(), name, socket::setSSLParameters);
            socket.startHandshake();
            echo(socket, 1);
            if (cell.isTls13()) {
                for (int update = 2; update <= 3; update++) {
                    socket.startHandshake(); // after the handshake: KeyUpdate, update_requested
                    echo(socket, update);
                }
            }
            cell.export(socket.getSession());
        }
        serving.get();
    }

    private static void echo(SSLSocket socket, int value) throws IOException {
        socket.getOutputStream().write(value);
        if (socket.getInputStream().read() != value) {
            throw new IOException("no echo");
        }
    }

    private static void engines(SSLContext context, KeyExchangeCase cell, String name) throws Exception {
        SSLEngine client = context.createSSLEngine("cells.demo.internal", 443);
        client.setUseClientMode(true);
        cell.configure(client.getSSLParameters(), name, client::setSSLParameters);
        SSLEngine serving = context.createSSLEngine();
        serving.setUseClientMode(false);
        cell.configure(serving.getSSLParameters(), null, serving::setSSLParameters);
        ByteBuffer toServer = ByteBuffer.allocate(1 << 16);
        ByteBuffer toClient = ByteBuffer.allocate(1 << 16);
        client.beginHandshake();
        serving.beginHandshake();
        exchange(client, serving, toServer, toClient);
        if (cell.isTls13()) {
            client.beginHandshake();
            exchange(client, serving, toServer, toClient);
            client.beginHandshake();
            exchange(client, serving, toServer, toClient);
        }
        cell.export(client.getSession());
        client.closeOutbound();
        serving.closeOutbound();
        exchange(client, serving, toServer, toClient);
    }

    /** Drives both engines until neither has anything more to send. */
    private static void exchange(SSLEngine client, SSLEngine serving, ByteBuffer toServer, ByteBuffer toClient)
            throws SSLException {
        boolean moved = true;
        while (moved) {
            boolean asked = step(client, toServer, toClient);
            moved = step(serving, toClient, toServer) || asked;
        }
    }

    private static boolean step(SSLEngine engine, ByteBuffer out, ByteBuffer in) throws SSLException {
        boolean moved = false;
        while (true) {
            for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                task.run();
                moved = true;
            }
            int produced = engine.wrap(Buffers.empty(), out).bytesProduced();
            in.flip();
            int consumed = in.hasRemaining() && engine.getHandshakeStatus() != HandshakeStatus.NEED_WRAP
                    ? engine.unwrap(in, ByteBuffer.allocate(1 << 15)).bytesConsumed()
                    : 0;
            in.compact();
            if (produced == 0 && consumed == 0 && engine.getHandshakeStatus() != HandshakeStatus.NEED_TASK) {
                return moved;
            }
            moved = true;
        }
    }

    private static boolean has(SSLContext context, String protocol, String suite) {
        SSLParameters supported = context.getSupportedSSLParameters();
        return Arrays.asList(supported.getProtocols()).contains(protocol)
                && Arrays.asList(supported.getCipherSuites()).contains(suite);
    }

    private static boolean canSet(String group) {
        if (group.isEmpty()) {
            return true;
        }
        try {
            SSLParameters.class.getMethod("setNamedGroups", String[].class);
            return !group.endsWith("MLKEM768") || Arrays.asList(defaultGroups()).contains(group);
        } catch (ReflectiveOperationException | GeneralSecurityException e) {
            return false;
        }
    }

    private static String[] defaultGroups() throws ReflectiveOperationException, GeneralSecurityException {
        SSLParameters supported = SSLContext.getDefault().getSupportedSSLParameters();
        String[] groups =
                (String[]) SSLParameters.class.getMethod("getNamedGroups").invoke(supported);
        return groups == null ? new String[0] : groups;
    }

    /** The settings of both sides in a cell. */
    private static final class KeyExchangeCase {
        private final String protocol;
        private final String suite;
        private final String group;
        private final int packetSize;

        KeyExchangeCase(String protocol, String suite, String group, int packetSize) {
            this.protocol = protocol;
            this.suite = suite;
            this.group = group;
            this.packetSize = packetSize;
        }

        private interface Setter {
            void set(SSLParameters parameters);
        }

        boolean isTls13() {
            return protocol.equals("TLSv1.3");
        }

        void configure(SSLParameters parameters, @Nullable String name, Setter setter)
                throws ReflectiveOperationException {
            parameters.setProtocols(new String[] {protocol});
            parameters.setCipherSuites(new String[] {suite});
            if (name != null) {
                parameters.setServerNames(Collections.singletonList(new SNIHostName(name + DOMAIN)));
            }
            if (!group.isEmpty()) {
                SSLParameters.class.getMethod("setNamedGroups", String[].class).invoke(parameters, (Object)
                        new String[] {group});
            }
            if (packetSize > 0) {
                try {
                    SSLParameters.class
                            .getMethod("setMaximumPacketSize", int.class)
                            .invoke(parameters, packetSize);
                } catch (NoSuchMethodException e) {
                    // JDK 8 cannot
                }
            }
            setter.set(parameters);
        }

        /** Exports keying material, if this JDK can (25). */
        void export(SSLSession session) throws ReflectiveOperationException {
            Method export;
            try {
                export = javax.net.ssl.ExtendedSSLSession.class.getMethod(
                        "exportKeyingMaterialData", String.class, byte[].class, int.class);
            } catch (NoSuchMethodException e) {
                return;
            }
            if (isTls13()) {
                export.invoke(session, "EXPERIMENTAL-tlscope", new byte[] {1, 2, 3}, 40);
            }
        }
    }
}
