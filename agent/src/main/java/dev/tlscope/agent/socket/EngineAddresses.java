package dev.tlscope.agent.socket;

import dev.tlscope.agent.record.Connection;
import java.io.FileDescriptor;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * Finds an engine's socket by content: a hello passes through a socket of this JVM after the engine produced it, or
 * before the engine receives it, and no other hello has its random. Application's threads; no thread waits for another.
 * Bytes that pass through a native transport or another process are not seen, and the address stays unknown.
 */
public final class EngineAddresses {
    private static final int RECORD_HEADER = 5;

    /** The number of bytes that are inspected: up to the end of a hello's random, and one more. */
    static final int LEAST = 44;

    private final EngineSockets sockets;
    /** Hellos that engines produced and that no socket has written yet. */
    private final RecentHellos<WeakReference<Connection>> made = new RecentHellos<>();
    /** Hellos that sockets have read and that no engine has received yet. */
    private final RecentHellos<Passed> read = new RecentHellos<>();

    private final RefusedPlaintext refused = new RefusedPlaintext();

    public EngineAddresses(EngineSockets sockets) {
        this.sockets = sockets;
    }

    /** Called when an engine produced or received a handshake message. */
    public void message(Connection connection, boolean sent, byte[] message) {
        HelloRandom hello = connection.address().isWanted() ? HelloRandom.at(message, 0) : null;
        if (hello == null) {
            return;
        }
        if (sent) {
            made.put(hello, new WeakReference<>(connection));
        } else {
            Passed passed = read.remove(hello);
            if (passed != null) {
                FileDescriptor descriptor = passed.descriptor.get();
                if (descriptor != null) {
                    sockets.put(descriptor, connection);
                }
                found(connection, passed.addresses);
            }
        }
    }

    /** Called when bytes pass through a socket, with the first {@link #LEAST} of them or fewer. */
    void passed(boolean reading, FileDescriptor descriptor, byte[] head) {
        HelloRandom hello = HelloRandom.at(head, RECORD_HEADER);
        if (hello == null) {
            return;
        }
        if (reading) {
            read.put(hello, new Passed(descriptor));
            return;
        }
        WeakReference<Connection> reference = made.remove(hello);
        Connection connection = reference == null ? null : reference.get();
        if (connection != null) {
            // before the address lookup, because the peer may reset the connection at once
            sockets.put(descriptor, connection);
            found(connection, SocketAddresses.ofDescriptor(descriptor));
        }
    }

    /**
     * Called when an engine, or a library above it, has rejected the received bytes as not TLS and is about to close
     * the socket.
     */
    public void plaintext(Connection connection) {
        if (connection.address().isWanted()) {
            refused.add(connection);
        }
    }

    /** Called when a channel or SocketImpl of no known connection is about to be closed. */
    void closedUnknown(Object socket) {
        Connection connection = refused.closing();
        if (connection != null) {
            closed(connection, socket);
        }
    }

    /** Called when the channel or SocketImpl of the connection is about to be closed. */
    void closed(Connection connection, Object socket) {
        if (connection.address().isWanted()) {
            found(connection, SocketAddresses.noted(socket));
        }
    }

    private void found(Connection connection, @Nullable SocketAddresses addresses) {
        if (addresses != null && connection.address().found(addresses.local, addresses.peer, "bytes")) {
            connection.owner().describeAgain(connection);
        }
    }

    /** The socket through which a hello came. */
    private static final class Passed {
        final WeakReference<FileDescriptor> descriptor;
        final @Nullable SocketAddresses addresses;

        Passed(FileDescriptor descriptor) {
            this.descriptor = new WeakReference<>(descriptor);
            this.addresses = SocketAddresses.ofDescriptor(descriptor);
        }
    }
}
