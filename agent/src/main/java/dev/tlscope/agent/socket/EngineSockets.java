package dev.tlscope.agent.socket;

import dev.tlscope.agent.record.Connection;
import dev.tlscope.agent.record.WeakIdentityMap;
import java.io.FileDescriptor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The sockets below engines, by descriptor, as far as they were found; see {@link EngineAddresses}. The end of a socket
 * may come first: a server's socket is found when its engine receives the ClientHello, and another thread may read from
 * the socket meanwhile.
 */
public final class EngineSockets {
    private final WeakIdentityMap<Connection> connections = new WeakIdentityMap<>();
    /** The ends of sockets that are not known to belong to an engine. Most of them never will be. */
    private final WeakIdentityMap<Optional<String>> ends = new WeakIdentityMap<>();

    /** Records that a connection's bytes pass through that socket. */
    void put(FileDescriptor descriptor, Connection connection) {
        connections.put(descriptor, connection);
        Optional<String> end = ends.remove(descriptor);
        if (end != null) {
            connection.socketEnded(end.orElse(null));
        }
    }

    /** Records that the socket reached its end; see {@link Connection#socketEnded}. */
    void ended(FileDescriptor descriptor, @Nullable String exception) {
        Connection connection = connections.get(descriptor);
        if (connection == null) {
            ends.put(descriptor, Optional.ofNullable(exception));
            connection = connections.get(descriptor);
        }
        if (connection != null) {
            connection.socketEnded(exception);
        }
    }

    /**
     * Records that the socket is closed.
     *
     * @return the connection that it belongs to, if that is known
     */
    @Nullable
    Connection closed(FileDescriptor descriptor) {
        ends.remove(descriptor);
        return connections.remove(descriptor);
    }
}
