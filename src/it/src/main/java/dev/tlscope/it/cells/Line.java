package dev.tlscope.it.cells;

import java.net.Socket;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A connected line of a cell. */
final class Line {
    private final String name;
    private final int port;
    private final Socket socket;
    private final @Nullable SocketChannel channel;

    /**
     * A line.
     *
     * @param name the cell's own host name
     * @param port on which its server listens
     * @param channel where TLS is to run over an SSLEngine; the socket then is its
     */
    Line(String name, int port, Socket socket, @Nullable SocketChannel channel) {
        this.name = name;
        this.port = port;
        this.socket = socket;
        this.channel = channel;
    }

    String name() {
        return name;
    }

    int port() {
        return port;
    }

    Socket socket() {
        return socket;
    }

    @Nullable
    SocketChannel channel() {
        return channel;
    }
}
