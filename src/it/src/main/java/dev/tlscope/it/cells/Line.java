package dev.tlscope.it.cells;

import java.net.Socket;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A cell's transport connection. */
final class Line {
    private final String name;
    private final int port;
    private final Socket socket;
    private final @Nullable SocketChannel channel;

    /**
     * A line.
     *
     * @param name the cell's own host name
     * @param port the port of its server
     * @param channel for TLS over an SSLEngine, the channel that the socket belongs to; otherwise null
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
