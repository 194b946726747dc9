package dev.tlscope.agent.socket;

import dev.tlscope.agent.record.Connection;
import dev.tlscope.agent.record.WeakIdentityMap;
import java.io.FileDescriptor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The sockets through which engines' bytes pass, by their descriptors, as far as they are found; see {@link EngineAddresses}. The end
 * may come first: a server's socket is known when its engine takes the ClientHello, and another thread may read on meanwhile.
 */
public final class EngineSockets {
    private final WeakIdentityMap<Connection> connections = new WeakIdentityMap<>();
    /** Of sockets that are nobody's yet, and most will never be anybody's. */
    private final WeakIdentityMap<Optional<String>> ends = new WeakIdentityMap<>();

    /** A connection's bytes pass there. */
    void put(FileDescriptor descriptor, Connection connection) {
        connections.put(descriptor, connection);
        Optional<String> end = ends.remove(descriptor);
        if (end != null) {
            connection.socketEnded(end.orElse(null));
        }
    }

    /** The socket came to its end; see {@link Connection#socketEnded}. */
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

    /** The socket is closed, and whose it was, if that is known. */
    @Nullable
    Connection closed(FileDescriptor descriptor) {
        ends.remove(descriptor);
        return connections.remove(descriptor);
    }
}
