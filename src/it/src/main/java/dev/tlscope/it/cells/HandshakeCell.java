package dev.tlscope.it.cells;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** One handshake that fails in a known way, or is healthy, in one protocol version over one transport. */
final class HandshakeCell {
    static final String SOCKET = "socket";
    static final String ENGINE = "engine";

    private static final int PATIENCE_SECONDS = 40;

    private final String family;
    private final String version;
    private final String transport;
    private final String name;
    private final Party server;
    private final Party client;

    HandshakeCell(int number, String family, String version, String transport, Party server, Party client) {
        this.family = family;
        this.version = version;
        this.transport = transport;
        this.name = "c" + number + "." + CellTable.DOMAIN;
        this.server = server;
        this.client = client;
    }

    String family() {
        return family;
    }

    /** Plays the cell and returns a line with its name, port, family, version, transport, and both outcomes. */
    String play(ExecutorService threads) throws Exception {
        InetAddress loopback = InetAddress.getByAddress(name, new byte[] {127, 0, 0, 1});
        // The listener stays open until the JVM ends, so that no two cells have the same port.
        Listener listener = transport.equals(ENGINE) ? new Channels(loopback) : new Sockets(loopback);
        int port = listener.port();
        Future<String> served = threads.submit(() -> end(listener::accept, server, port));
        String asked = end(() -> listener.connect(new InetSocketAddress(loopback, port)), client, port);
        return String.join(
                "\t",
                "cell",
                name,
                "" + port,
                family,
                version,
                transport,
                "server " + served.get(PATIENCE_SECONDS, TimeUnit.SECONDS),
                "client " + asked);
    }

    private String end(Opening opening, Party party, int port) {
        try (Link link = opening.open()) {
            party.play(new Line(name, port, link.socket(), link.channel()));
            return "ok";
        } catch (Exception | LinkageError e) {
            return e.toString().replaceAll("\\s", " ");
        }
    }

    private interface Opening {
        Link open() throws IOException;
    }

    private interface Listener {
        int port();

        Link accept() throws IOException;

        Link connect(InetSocketAddress address) throws IOException;
    }

    /** A connected socket, or channel with its socket. */
    private static final class Link implements AutoCloseable {
        private final Socket socket;
        private final @org.jspecify.annotations.Nullable SocketChannel channel;

        Link(Socket socket, @org.jspecify.annotations.Nullable SocketChannel channel) throws IOException {
            socket.setTcpNoDelay(true); // otherwise each small record would wait for the ACK of the previous one
            this.socket = socket;
            this.channel = channel;
        }

        Socket socket() {
            return socket;
        }

        @org.jspecify.annotations.Nullable
        SocketChannel channel() {
            return channel;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static final class Sockets implements Listener {
        private final ServerSocket listener;

        Sockets(InetAddress address) throws IOException {
            listener = new ServerSocket(0, 4, address);
        }

        @Override
        public int port() {
            return listener.getLocalPort();
        }

        @Override
        public Link accept() throws IOException {
            return new Link(listener.accept(), null);
        }

        @Override
        public Link connect(InetSocketAddress address) throws IOException {
            return new Link(new Socket(address.getAddress(), address.getPort()), null);
        }
    }

    private static final class Channels implements Listener {
        private final ServerSocketChannel listener;

        Channels(InetAddress address) throws IOException {
            listener = ServerSocketChannel.open().bind(new InetSocketAddress(address, 0));
        }

        @Override
        public int port() {
            return listener.socket().getLocalPort();
        }

        @Override
        public Link accept() throws IOException {
            SocketChannel channel = listener.accept();
            return new Link(channel.socket(), channel);
        }

        @Override
        public Link connect(InetSocketAddress address) throws IOException {
            SocketChannel channel = SocketChannel.open(address);
            return new Link(channel.socket(), channel);
        }
    }
}
