package dev.tlscope.agent.jsse;

import dev.tlscope.agent.record.Connection;
import java.io.FileDescriptor;
import java.lang.ref.WeakReference;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds an engine's socket by content: a hello passes through a socket of this JVM after the engine made it, or before the
 * engine takes it, and its random is on no other. Application's threads; nobody waits for anybody. What passes through a
 * native transport, or another process, is never seen here and stays unknown.
 */
final class AddressTaps {
    private static final int MOST = 1000;
    private static final int RECORD_HEADER = 5;
    private static final int LEAST = 44;

    private static final JsseField STREAM_IMPL = new JsseField("impl");

    private final ConnectionTaps connections;
    /** Hellos that engines made and no socket wrote yet. */
    private final ConcurrentMap<Hello, WeakReference<Connection>> made = new ConcurrentHashMap<>();

    private final Queue<Hello> madeOrder = new ConcurrentLinkedQueue<>();
    /** Hellos that sockets read and no engine took yet. */
    private final ConcurrentMap<Hello, SocketAddresses> read = new ConcurrentHashMap<>();

    private final Queue<Hello> readOrder = new ConcurrentLinkedQueue<>();

    AddressTaps(ConnectionTaps connections) {
        this.connections = connections;
    }

    /** An engine made or took a handshake message. */
    void message(Connection connection, boolean sent, byte[] message) {
        Hello hello = connection.address().isWanted() ? Hello.at(message, 0) : null;
        if (hello == null) {
            return;
        }
        if (sent) {
            put(made, madeOrder, hello, new WeakReference<>(connection));
        } else {
            SocketAddresses addresses = read.remove(hello);
            if (addresses != null) {
                found(connection, addresses);
            }
        }
    }

    /** SocketDispatcher.read and write returned: so many bytes at an address outside the heap. */
    void bytes(boolean reading, Object descriptor, long address, int count) throws ReflectiveOperationException {
        passed(reading, descriptor, NativeBytes.copy(address, Math.min(count, LEAST)));
    }

    /** SocketDispatcher.readv and writev returned. */
    void vector(boolean reading, Object descriptor, long address, int buffers, long count)
            throws ReflectiveOperationException {
        passed(reading, descriptor, NativeBytes.gather(address, buffers, (int) Math.min(count, LEAST)));
    }

    /** SocketInputStream or SocketOutputStream, before JDK 13. */
    void array(boolean reading, Object stream, byte[] array, int offset, int count) {
        byte[] head = new byte[Math.min(count, LEAST)];
        System.arraycopy(array, offset, head, 0, head.length);
        passed(reading, stream, head);
    }

    private void passed(boolean reading, Object socket, byte[] head) {
        Hello hello = Hello.at(head, RECORD_HEADER);
        if (hello == null) {
            return;
        }
        if (reading) {
            SocketAddresses addresses = addresses(socket);
            if (addresses != null) {
                put(read, readOrder, hello, addresses);
            }
            return;
        }
        WeakReference<Connection> reference = made.remove(hello);
        Connection connection = reference == null ? null : reference.get();
        SocketAddresses addresses = connection == null ? null : addresses(socket);
        if (connection != null && addresses != null) {
            found(connection, addresses);
        }
    }

    private void found(Connection connection, SocketAddresses addresses) {
        if (connection.address().found(addresses.local, addresses.peer, "bytes")) {
            connections.describeAgain(connection);
        }
    }

    private static @Nullable SocketAddresses addresses(Object socket) {
        return socket instanceof FileDescriptor
                ? SocketAddresses.of((FileDescriptor) socket)
                : SocketAddresses.ofImplementation(STREAM_IMPL.get(socket));
    }

    /** Keeps the latest: what nobody asks for, such as a hello of another TLS implementation, is forgotten. */
    private static <V> void put(ConcurrentMap<Hello, V> map, Queue<Hello> order, Hello hello, V value) {
        if (map.put(hello, value) == null) {
            order.add(hello);
            while (map.size() > MOST || order.size() > 2 * MOST) {
                Hello oldest = order.poll();
                if (oldest == null) {
                    break;
                }
                map.remove(oldest);
            }
        }
    }
}
